import { Injectable } from '@nestjs/common';
import { SECOND_MS } from '../common/time';
import { QueueSettings } from '../config/settings';
import { ClusterGauges, ClusterReading } from '../events/cluster-gauges';
import { ShardScripts } from './scripts/shard-scripts.service';
import { ViewService } from './view/view.service';

/** What the whole cluster is doing, read from its shards when somebody asks. */
@Injectable()
export class ClusterState extends ClusterGauges {
  constructor(
    private readonly view: ViewService,
    private readonly scripts: ShardScripts,
    private readonly settings: QueueSettings,
  ) {
    super();
  }

  /** @throws ShardClosed, or an error of Redis: half a sum would be a lie */
  async read(): Promise<ClusterReading> {
    const shards = await Promise.all(
      Array.from({ length: this.settings.shards }, (_, shard) => this.readShard(shard)),
    );
    return {
      pendingUsers: shards.reduce((sum, { waiting }) => sum + waiting, 0),
      leasedUsers: shards.reduce((sum, { leased }) => sum + leased, 0),
      oldestDueSeconds: Math.max(...shards.map(({ dueForMs }) => dueForMs)) / SECOND_MS,
    };
  }

  private async readShard(shard: number): Promise<{ waiting: number; leased: number; dueForMs: number }> {
    const reply = await this.scripts.call('probe', shard, this.view.epochOf(shard) ?? 0, []);
    const [now, waiting, leased, due] = reply as [string, number, number, string];
    return { waiting, leased, dueForMs: due === '' ? 0 : Number(now) - Number(due) };
  }
}
