import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { EventLog } from '../common/log/event-log';
import { Shutdown } from '../common/process/shutdown';
import { SECOND_MS } from '../common/time/units';
import { EventBus } from '../events/event-bus';
import type { RequestDocument } from '../journal/request-document';
import { DECIDING, InjectRequests } from '../journal/request.schema';

/** Longest time that a client may wait. */
export const MAX_WAIT_SECONDS = 60;

/** Ends on other processes are noticed within this time, by one read for all waiters. */
const LOOK_EVERY_MS = 250;

/**
 * Waits for requests to end. An end in this process wakes the waiter at once, by its event; an end elsewhere is found
 * by polling. Without a waiter there is no timer and no read. (P4)
 */
@Injectable()
export class RequestWaiter {
  private readonly log = new EventLog(RequestWaiter.name);
  /** The callbacks that wake the waiters of each request. */
  private readonly waiting = new Map<string, Set<() => void>>();
  private readonly unsubscribe: () => void;
  private looking: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
    events: EventBus,
    shutdown: Shutdown,
  ) {
    shutdown.onBegin(() => this.stop());
    this.unsubscribe = events.on('request.ended', ({ requestId }) => this.wake(requestId));
  }

  /**
   * Resolves when the request has ended, the time is up, the client has gone, or this process stops: read the
   * request to know which. Never rejects.
   */
  async untilEnded(requestId: string, seconds: number, gone: AbortSignal): Promise<void> {
    if (this.stopped || gone.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => done(), seconds * SECOND_MS);
      const done = () => {
        clearTimeout(timer);
        gone.removeEventListener('abort', done);
        this.remove(requestId, done);
        resolve();
      };
      gone.addEventListener('abort', done);
      this.add(requestId, done);
    });
  }

  /** Ends all waits; each returns what is known. */
  private stop(): void {
    this.stopped = true;
    this.unsubscribe();
    clearTimeout(this.looking);
    for (const requestId of [...this.waiting.keys()]) this.wake(requestId);
  }

  private add(requestId: string, done: () => void): void {
    const waiters = this.waiting.get(requestId) ?? new Set();
    this.waiting.set(requestId, waiters.add(done));
    this.looking ??= setTimeout(() => void this.look(), LOOK_EVERY_MS);
  }

  private remove(requestId: string, done: () => void): void {
    const waiters = this.waiting.get(requestId);
    waiters?.delete(done);
    if (waiters?.size === 0) this.waiting.delete(requestId);
  }

  private wake(requestId: string): void {
    for (const done of [...(this.waiting.get(requestId) ?? [])]) done();
  }

  private async look(): Promise<void> {
    try {
      const ids = [...this.waiting.keys()];
      const ended =
        ids.length === 0
          ? []
          : await this.requests
              .find(
                { _id: { $in: ids }, pending: { $exists: false } },
                { projection: { _id: 1 }, ...DECIDING },
              )
              .toArray();
      for (const { _id } of ended) this.wake(_id);
    } catch (cause) {
      this.log.write('step.failed', { step: 'look for ended requests', cause });
    }
    const isAwaited = this.waiting.size > 0 && !this.stopped;
    this.looking = isAwaited ? setTimeout(() => void this.look(), LOOK_EVERY_MS) : undefined;
  }
}
