import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors/problem';
import { ControlService } from './control/control.service';
import { QueueReader } from './queue-reader.service';
import type { QueueDto, StopDto } from './queue.dto';
import type { QueueChange } from '../journal/queue-records.service';

/** Changes a user's queue, and shows the result. */
@Injectable()
export class QueueChanges {
  constructor(
    private readonly control: ControlService,
    private readonly reader: QueueReader,
  ) {}

  /** @throws Problem unavailable: the change is recorded, and is applied soon */
  async change(userId: string, change: QueueChange): Promise<QueueDto> {
    await this.control.change(userId, change);
    return this.reader.read(userId);
  }

  /**
   * Resumes a queue. It succeeds only if nothing stops the queue afterwards.
   * @param lifts the pauses that the caller may lift
   * @throws Problem queue_stopped: the pause is lifted, but something else stops the queue; unavailable
   */
  async resume(userId: string, lifts: Pick<QueueChange, 'paused' | 'adminPause'>): Promise<QueueDto> {
    const queue = await this.change(userId, lifts);
    if (queue.stoppedBy.length > 0)
      throw new Problem('queue_stopped', queue.stoppedBy.map((stop) => SENTENCES[stop.by](stop)).join(' '));
    return queue;
  }
}

const SENTENCES: Readonly<Record<StopDto['by'], (stop: StopDto) => string>> = {
  halt: ({ requestId }) =>
    requestId === undefined
      ? 'A failed request halts the queue: retry or dismiss it.'
      : `Request ${requestId} failed and halts the queue: retry or dismiss it.`,
  pause: () => 'Its user has paused the queue again.',
  'admin-pause': () => 'An admin has paused the queue, and only an admin can resume it.',
};
