import { Injectable } from '@nestjs/common';
import { QueueSettings } from '../config/settings';
import { RESTORING, ShardUnavailable } from '../queue/shard-unavailable';
import { UserQueues } from '../queue/user-queues.service';
import { Halts } from './control/halts.service';
import { DrainService } from './drain.service';
import { queueView } from './queue-view';
import type { QueueDto } from './queue.dto';
import { QueueRecords } from '../journal/queue-records.service';

/** Shows a user's queue at this moment. */
@Injectable()
export class QueueReader {
  constructor(
    private readonly queues: UserQueues,
    private readonly records: QueueRecords,
    private readonly halts: Halts,
    private readonly drain: DrainService,
    private readonly settings: QueueSettings,
  ) {}

  /** @throws Problem unavailable while the queue cannot be seen */
  async read(userId: string): Promise<QueueDto> {
    const [queue, settings, meanGapMs] = await Promise.all([
      this.queues.snapshot(userId),
      this.records.find(userId),
      this.drain.meanGapMs(userId),
    ]);
    if (!queue) throw new ShardUnavailable(RESTORING);
    const halting = queue.halted ? await this.halts.haltedBy(userId, this.queues.shardOf(userId)) : undefined;
    return queueView(queue, { settings, halting, meanGapMs, maxDepth: this.settings.maxDepth });
  }
}
