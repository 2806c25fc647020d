import { Injectable } from '@nestjs/common';
import { ClusterState } from '../../queue/cluster-state.service';
import { ProcessStore } from '../../queue/view/process.store';
import { PendingCount } from '../../requests/pending-count.service';
import { UserSearch } from '../../users/user-search';
import type { OverviewDto, ShardDto, WorkerDto } from './overview.dto';

/** The whole service at this moment; also while shards are closed, for then it is looked at most. */
@Injectable()
export class Overview {
  constructor(
    private readonly cluster: ClusterState,
    private readonly processes: ProcessStore,
    private readonly users: UserSearch,
    private readonly pending: PendingCount,
  ) {}

  async read(): Promise<OverviewDto> {
    const [shards, serving, processes, { accounts, customers }, pendingRequests] = await Promise.all([
      Promise.all(this.cluster.shards.map((shard) => this.shardOf(shard))),
      Promise.all(this.cluster.shards.map((shard) => this.cluster.servingOf(shard).catch(() => new Map()))),
      this.processes.list(),
      this.users.count(),
      this.pending.count(),
    ]);
    const sum = (of: (shard: ShardDto) => number | undefined) =>
      shards.reduce((total, shard) => total + (of(shard) ?? 0), 0);
    return {
      totals: {
        accounts,
        customers,
        pendingRequests,
        waitingUsers: sum(({ waitingUsers }) => waitingUsers),
        servedUsers: sum(({ servedUsers }) => servedUsers),
      },
      lagMs: Math.max(0, ...shards.map(({ lagMs = 0 }) => lagMs)),
      shards,
      processes: processes.map(({ _id: id, host, role, startedAt, heartbeatAt }) => ({
        ...{ id, host, role, startedAt, heartbeatAt },
      })),
      workers: workersOf(serving),
    };
  }

  private async shardOf(shard: number): Promise<ShardDto> {
    try {
      const { epoch, waiting, leased, dueForMs } = await this.cluster.readShard(shard);
      return { shard, epoch, state: 'open', waitingUsers: waiting, servedUsers: leased, lagMs: dueForMs };
    } catch {
      return { shard, epoch: this.cluster.epochOf(shard), state: 'closed' };
    }
  }
}

function workersOf(serving: readonly ReadonlyMap<string, number>[]): WorkerDto[] {
  const leases = new Map<string, number>();
  for (const ofShard of serving)
    for (const [worker, count] of ofShard) leases.set(worker, (leases.get(worker) ?? 0) + count);
  return [...leases].map(([worker, count]) => ({ worker, leases: count }));
}
