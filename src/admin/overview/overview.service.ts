import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { ClusterState, ShardReading, usersByState } from '../../queue/cluster-state.service';
import { ListedProcess, ProcessStore, workerOf } from '../../queue/epochs/process.store';
import { RecoveryRecords } from '../../queue/recovery/recovery-records.service';
import { PendingCount } from './pending-count.service';
import { UserSearch } from '../../users/user-search';
import { RetriedRequests } from '../../journal/retried-requests.service';
import { LOOK_TIME_MS } from '../stuck/pending-users.service';
import type { OverviewDto, ShardDto, WorkerDto } from './overview.dto';

/** The whole service at this moment. Also works while shards are closed, because that is when operators look at it. */
@Injectable()
export class Overview {
  constructor(
    private readonly cluster: ClusterState,
    private readonly processes: ProcessStore,
    private readonly users: UserSearch,
    private readonly pending: PendingCount,
    private readonly retried: RetriedRequests,
    private readonly recoveries: RecoveryRecords,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<OverviewDto> {
    const now = this.clock.wall();
    const [readings, serving, processes, { accounts, customers }, pendingRequests, retried, recoveries] =
      await Promise.all([
        Promise.all(this.cluster.shards.map((shard) => this.cluster.readShard(shard).catch(() => undefined))),
        Promise.all(this.cluster.shards.map((shard) => this.cluster.servingOf(shard).catch(() => undefined))),
        this.processes.list(),
        this.users.count(),
        this.pending.count(),
        this.readRetried().catch(() => undefined),
        this.recoveries.latest(),
      ]);
    const shards = readings.map((reading, shard) => shardOf(reading, shard, this.cluster.epochOf(shard)));
    const ofAll = (of: (shard: ShardDto) => number | undefined) => known(shards.map(of));
    const lagMs = most(ofAll(({ lagMs }) => lagMs));
    return {
      totals: {
        accounts,
        customers,
        pendingRequests,
        retryingRequests: retried?.count ?? null,
        users: usersOf(known(readings)),
        waitingUsers: sum(ofAll(({ waitingUsers }) => waitingUsers)),
        servedUsers: sum(ofAll(({ servedUsers }) => servedUsers)),
      },
      lagMs,
      oldestHeadMs: retried && lagMs !== null ? Math.max(lagMs, now - (retried.oldestAt ?? now)) : null,
      shards,
      recoveries: recoveries.map(({ shards, ...rest }) => ({ ...rest, shards: [...shards] })),
      processes: processes.map(({ _id: id, host, role, startedAt, heartbeatAt, slots }) => ({
        id,
        host,
        role,
        startedAt,
        heartbeatAt,
        ...(slots && { slots }),
      })),
      workers: workersOf(serving, processes),
    };
  }

  private async readRetried() {
    const [count, oldestAt] = await Promise.all([
      this.retried.count(LOOK_TIME_MS),
      this.retried.oldestAt(LOOK_TIME_MS),
    ]);
    return { count, oldestAt };
  }
}

function shardOf(reading: ShardReading | undefined, shard: number, epoch: number): ShardDto {
  if (reading === undefined) return { shard, epoch, state: 'closed' };
  const { waiting, leased, dueForMs } = reading;
  return { shard, epoch, state: 'open', waitingUsers: waiting, servedUsers: leased, lagMs: dueForMs };
}

const usersOf = (readings: readonly ShardReading[] | null) => readings && usersByState(readings);

/** All values, or null if one is unknown: the rest would look like the whole. */
function known<T>(values: readonly (T | undefined)[]): T[] | null {
  const each = values.filter((value) => value !== undefined);
  return each.length === values.length ? each : null;
}

const sum = (values: readonly number[] | null) => values && values.reduce((total, value) => total + value, 0);
const most = (values: readonly number[] | null) => values && Math.max(0, ...values);

/** Our own processes, including idle ones, and all other workers with leases: external or dead ones. */
function workersOf(
  serving: readonly (ReadonlyMap<string, number> | undefined)[],
  processes: readonly ListedProcess[],
): WorkerDto[] {
  const own = processes.filter(({ role }) => role !== 'api');
  const heartbeats = new Map(own.map(({ _id, host, heartbeatAt }) => [workerOf(_id, host), heartbeatAt]));
  const leases = new Map<string, number>([...heartbeats.keys()].map((worker) => [worker, 0]));
  for (const ofShard of serving)
    for (const [worker, count] of ofShard ?? []) leases.set(worker, (leases.get(worker) ?? 0) + count);
  const isWhole = known(serving) !== null;
  return [...leases].map(([worker, count]) => ({
    worker,
    leases: isWhole ? count : null,
    heartbeatAt: heartbeats.get(worker) ?? null,
  }));
}
