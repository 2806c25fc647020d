import { Injectable } from '@nestjs/common';
import { ClusterState, StuckUser } from '../../queue/cluster-state.service';
import { QueueRecords } from '../../journal/queue-records.service';
import type { StuckDto } from './stuck.dto';

/** Users named of a shard for each reason. */
const MOST = 50;

/** Whose queue does not move, and why. */
@Injectable()
export class StuckUsers {
  constructor(
    private readonly cluster: ClusterState,
    private readonly settings: QueueRecords,
  ) {}

  async find(longerThanMs: number): Promise<StuckDto[]> {
    const found = await Promise.all(this.cluster.shards.map((shard) => this.ofShard(shard, longerThanMs)));
    return found.flat();
  }

  private async ofShard(shard: number, longerThanMs: number): Promise<StuckDto[]> {
    const stuck = await this.cluster.stuckOf(shard, longerThanMs, MOST).catch(() => undefined);
    if (stuck === undefined) return [{ reason: 'shard_closed', shard }];
    return Promise.all(
      stuck.map(async (user) => ({
        userId: user.userId,
        reason: await this.reasonOf(user),
        ...(user.requestId === undefined ? {} : { requestId: user.requestId }),
        ...(user.since === undefined ? {} : { since: new Date(user.since) }),
        lane: user.lane,
        shard,
      })),
    );
  }

  private async reasonOf({ userId, reason }: StuckUser): Promise<StuckDto['reason']> {
    if (reason !== 'stopped') return reason;
    return (await this.settings.find(userId))?.paused ? 'paused' : 'halted';
  }
}
