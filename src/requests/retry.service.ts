import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors/problem';
import { EventBus } from '../events/event-bus';
import { permitted, type Permit } from '../queue/epochs/permit';
import { UserEvents } from '../queue/user-events.service';
import { mustBeValid } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import { Halts } from '../user-queue/control/halts.service';
import { Journal } from '../journal/journal.service';
import { laneOf } from '../journal/request-document';
import { RequestReader } from './request-reader.service';

/** How often, and how far apart (ms), a retry is tried while the last attempt is being settled. */
const TRIES = 20;
const WAIT_MS = 50;

type PutBackItem = Parameters<UserQueues['putBack']>[1];

/** The held place of a failed request. */
interface Place {
  readonly item: PutBackItem;
  /** The one under which it failed. */
  readonly token: number;
}

/**
 * Retries a failed request in its old place, or dismisses it. Ends the backoff of one that waits for its next attempt.
 *
 * `hold with the old seq -> the retry write -> confirm -> lift the halt, if there was one`
 *
 * After a crash in between, the held place is looked up when its hold ends, and runs only if the write was made (P3);
 * the maintenance lifts a halt that is left.
 */
@Injectable()
export class RetryService {
  constructor(
    private readonly queues: UserQueues,
    private readonly journal: Journal,
    private readonly reader: RequestReader,
    private readonly halts: Halts,
    private readonly events: EventBus,
    private readonly userEvents: UserEvents,
  ) {}

  /**
   * Puts the request next in line by its seq, before everything accepted later that has not started. (P2) If it waits for
   * its next attempt, that one may start at once.
   * @throws Problem not_found, not_failed, data_erased, unavailable
   */
  async retry(userId: string, requestId: string): Promise<void> {
    const { pending, attemptsMade } = await this.reader.find(userId, requestId);
    if (pending && attemptsMade > 0) return this.endBackoff(userId, requestId, attemptsMade);
    for (const outcome of await this.retryAll(userId, [requestId]))
      if (outcome.status === 'rejected') throw outcome.reason;
  }

  /**
   * Retries several. All get their places before one of them may start, so that they run in order even while the last
   * attempt of one is being settled. (P2)
   * @returns what has become of each, with the errors of `retry` @throws Problem unavailable, before anything is done
   */
  async retryAll(userId: string, requestIds: readonly string[]): Promise<PromiseSettledResult<true>[]> {
    return permitted(this.queues.permit(userId), async (permit) => {
      const taken = await Promise.allSettled(requestIds.map((id) => this.takePlace(permit, userId, id)));
      return Promise.allSettled(
        taken.map(async (place) => {
          if (place.status === 'rejected') throw place.reason;
          return this.runAgain(permit, place.value);
        }),
      );
    });
  }

  /** Leaves the attempts that it has used as they are. */
  private async endBackoff(userId: string, requestId: string, attemptsMade: number): Promise<void> {
    await permitted(this.queues.permit(userId), async (permit) => {
      const ended = await this.journal.endBackoff(requestId, userId, attemptsMade);
      if (ended.kind === 'decided' && !ended.state?.pending) throw notFailed();
      await onceSettled(() => this.queues.endBackoff(permit, userId, requestId, attemptsMade));
    });
  }

  private async takePlace(permit: Permit, userId: string, requestId: string): Promise<Place> {
    const document = await this.reader.find(userId, requestId);
    if (document.dataErasedAt)
      throw new Problem('data_erased', 'The payload was erased, so the request cannot run again.');
    if (document.status !== 'failed') throw notFailed();
    const { seq, type, payload, options, token } = document;
    const lane = laneOf(document);
    const item = { userId, requestId, seq, type, lane, payload, options, runAt: undefined };
    await onceSettled(() => this.queues.putBack(permit, item));
    return { item, token };
  }

  private async runAgain(permit: Permit, { item, token }: Place): Promise<true> {
    const { userId, requestId, seq } = item;
    mustBeValid(permit);
    const retried = await this.journal.retry(requestId, userId, token, permit.shard);
    const accepted = retried.kind === 'recorded';
    const confirmed = await this.queues.confirm(permit, { userId, requestId, seq, accepted });
    if (!accepted) throw notFailed();
    if (confirmed === 'gone') await this.placeAgain(permit, item);
    await this.halts.lift(permit, userId, token);
    return true;
  }

  /** May be repeated. @returns whether it was not dismissed before @throws Problem not_found, not_failed, unavailable */
  async dismiss(userId: string, requestId: string): Promise<boolean> {
    const { status, type, token } = await this.reader.find(userId, requestId);
    if (status !== 'failed' && status !== 'dismissed') throw notFailed();
    await permitted(this.queues.permit(userId), async (permit) => {
      if (status === 'failed') {
        if ((await this.journal.dismiss(requestId, userId, token)).kind === 'decided') throw notFailed();
        this.events.emit('request.ended', { userId, requestId, type, status: 'dismissed' });
        await this.userEvents.tell(userId, 'request.dismissed', requestId);
      }
      await this.halts.lift(permit, userId, token);
    });
    return status === 'failed';
  }

  /**
   * The write was made, but the hold had ended before it, or a late call of another process gave the place up. Without
   * this, nothing would run the request before the reconciler finds it. (P3)
   */
  private async placeAgain(permit: Permit, item: PutBackItem): Promise<void> {
    const { userId, requestId, seq } = item;
    for (let tries = 0; tries < TRIES; tries++) {
      if (!(await this.queues.putBack(permit, item))) return; // another call has put it back already
      if ((await this.queues.confirm(permit, { userId, requestId, seq, accepted: true })) === 'ok') return;
    }
  }
}

/** @param act returns false while the last attempt is not settled @throws Problem unavailable */
async function onceSettled(act: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await act()); tries++) {
    if (tries === TRIES)
      throw new Problem('unavailable', 'The last attempt is still being recorded. Try again.');
    await delay(WAIT_MS);
  }
}

const notFailed = () => new Problem('not_failed', 'The request has not failed, or is already queued again.');
