import { Injectable } from '@nestjs/common';
import { backoffOf } from '../../common/flow/backoff';
import { Clock } from '../../common/time/clock';
import { HOUR_MS, SECOND_MS } from '../../common/time/units';
import { attemptErrorOf } from '../../handlers/attempt-error';
import { TargetDeliveries } from '../../handlers/http/target-deliveries.service';
import { callbackMessage } from './callback-message';
import type { CallbackResult, DueCallback } from './callback-store.service';

/** Half a day of attempts. */
const MOST_ATTEMPTS = 24;
const BACKOFF = { type: 'exponential', delay: SECOND_MS, maxDelay: HOUR_MS } as const;

/** Makes one attempt to send a callback, by the same rules as for requests of type `http`. */
@Injectable()
export class CallbackAttempt {
  constructor(
    private readonly deliveries: TargetDeliveries,
    private readonly clock: Clock,
  ) {}

  /** Never rejects. @param signal the time limit of the attempt */
  async make(callback: DueCallback, signal: AbortSignal): Promise<CallbackResult> {
    try {
      const { status } = await this.deliveries.send(callbackMessage(callback), signal);
      return { outcome: 'delivered', finishedAt: new Date(this.clock.wall()), lastStatus: status };
    } catch (thrown) {
      return this.afterFailure(callback, thrown, signal.aborted);
    }
  }

  private afterFailure({ attempt }: DueCallback, thrown: unknown, isTimedOut: boolean): CallbackResult {
    const { code, message, details, retryable, wait } = attemptErrorOf(thrown);
    const { status } = JSON.parse(details ?? '{}') as { status?: number };
    const told = {
      ...(status === undefined ? {} : { lastStatus: status }),
      lastError: isTimedOut ? { code: 'timed_out', message: 'The target took too long.' } : { code, message },
    };
    const now = this.clock.wall();
    if (!retryable || attempt >= MOST_ATTEMPTS)
      return { ...told, outcome: 'failed', finishedAt: new Date(now) };
    const waitMs = Math.max(backoffOf(BACKOFF, attempt), wait?.ms ?? 0);
    return { ...told, waitUntil: new Date(now + waitMs) };
  }
}
