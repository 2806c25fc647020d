import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { beginClientWait } from '../../common/flow/client-wait';
import { HttpSettings } from '../../config/settings';

const RETRY_AFTER_SECONDS = 10;

/**
 * Limits how many long-lived connections an account has to this process: waits for an end, waiting claims and event
 * streams. All its customers and credentials count together, so that one account's waits never block the calls of
 * others.
 */
@Injectable()
export class LongCalls {
  private readonly open = new Map<string, number>();
  private readonly most: number;

  constructor({ longCalls }: HttpSettings) {
    this.most = longCalls;
  }

  /** Whether the account may start another one. */
  hasRoom(accountId: string): boolean {
    return (this.open.get(accountId) ?? 0) < this.most;
  }

  /** Counts a call, which waits from now on. @returns a function that ends it; call it once @throws Problem rate_limited */
  begin(accountId: string, reply: FastifyReply): () => void {
    if (!this.hasRoom(accountId))
      throw new Problem('rate_limited', `An account may have ${this.most} waits, claims and streams open.`, {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    this.change(accountId, 1);
    beginClientWait(reply);
    return () => this.change(accountId, -1);
  }

  /** Counts a call while it waits. @throws Problem rate_limited, and what the wait throws */
  async during<T>(accountId: string, reply: FastifyReply, wait: () => Promise<T>): Promise<T> {
    const end = this.begin(accountId, reply);
    try {
      return await wait();
    } finally {
      end();
    }
  }

  private change(accountId: string, by: 1 | -1): void {
    const count = (this.open.get(accountId) ?? 0) + by;
    if (count > 0) this.open.set(accountId, count);
    else this.open.delete(accountId);
  }
}
