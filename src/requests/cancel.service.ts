import { Injectable } from '@nestjs/common';
import { Clock } from '../common/time/clock';
import { Problem } from '../common/errors/problem';
import { EventBus } from '../events/event-bus';
import { mustBeValid } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import type { Seen } from '../journal/fenced-updates';
import { Journal } from '../journal/journal.service';
import { RequestReader } from './request-reader.service';
import { permitted, type Permit } from '../queue/epochs/permit';

/**
 * Cancels requests. MongoDB decides, and Redis is changed before and after.
 *
 * `mark (the next worker looks it up) -> the cancel write -> remove`
 *
 * The write matches only if no attempt has used the mark up since the request was read; else all begins again, with the
 * state that it has then. After a crash between two steps the job is looked up, found cancelled, and dropped (P3); or a
 * repeated call removes it.
 */
@Injectable()
export class CancelService {
  constructor(
    private readonly queues: UserQueues,
    private readonly journal: Journal,
    private readonly reader: RequestReader,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * A waiting request never runs. A running one is aborted, and the user's next request waits until its handler has
   * ended. A request that is already cancelled leaves its queue, if it is still there.
   * @returns whether it was not cancelled before
   * @throws Problem not_found, already_finished, unavailable
   */
  async cancel(userId: string, requestId: string): Promise<boolean> {
    const found = await this.reader.find(userId, requestId);
    const { status, type } = found;
    if (status !== 'queued' && status !== 'cancelled') throw alreadyFinished();
    await permitted(this.queues.permit(userId), async (permit) => {
      if (status === 'queued') {
        await this.record(permit, found);
        this.events.emit('request.ended', { userId, requestId, type, status: 'cancelled' });
      }
      await this.queues.remove(permit, userId, requestId);
    });
    return status === 'queued';
  }

  private async record(permit: Permit, found: Seen): Promise<void> {
    for (let seen = found; ;) {
      await this.queues.markForLookUp(permit, seen.userId, seen._id);
      mustBeValid(permit); // a rebuild would have removed the mark
      const cancelled = await this.journal.cancel(seen, this.clock.wall());
      if (cancelled.kind === 'recorded') return;
      if (!cancelled.state?.pending) throw alreadyFinished();
      seen = { ...seen, ...cancelled.state };
    }
  }
}

const alreadyFinished = () =>
  new Problem('already_finished', 'The request had finished before it could be cancelled.');
