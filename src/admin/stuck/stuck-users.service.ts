import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { ClusterState } from '../../queue/cluster-state.service';
import type { StuckReading, StuckUser } from '../../queue/stuck-users';
import { Halts } from '../../user-queue/control/halts.service';
import { QueueRecords } from '../../journal/queue-records.service';
import { RetriedRequest, RetriedRequests } from '../../journal/retried-requests.service';
import { LOOK_TIME_MS, PendingUser, PendingUsers } from './pending-users.service';
import { UserNames } from '../user-names.service';
import { EXPLANATIONS } from './cures';
import { Found, foundInRedis, foundRetried, OnRecord } from './found-users';
import type { StuckDto, StuckListDto } from './stuck.dto';

/** Users named of a shard that is closed. */
const OF_CLOSED = 50;

const NOTHING = {
  nextAttemptAt: null,
  attemptsMade: null,
  lastError: null,
  worker: null,
  lane: null,
} as const;

/**
 * Finds users whose queues do not move, and the reasons. Redis knows which users wait and run, MongoDB which requests
 * fail repeatedly and why a queue is stopped.
 */
@Injectable()
export class StuckUsers {
  constructor(
    private readonly cluster: ClusterState,
    private readonly queues: QueueRecords,
    private readonly halts: Halts,
    private readonly retried: RetriedRequests,
    private readonly pending: PendingUsers,
    private readonly names: UserNames,
    private readonly clock: Clock,
  ) {}

  /** @param limit users at most */
  async find(longerThanMs: number, limit: number): Promise<StuckListDto> {
    const now = this.clock.wall();
    const { shards } = this.cluster;
    const [readings, retried] = await Promise.all([
      Promise.all(
        shards.map((shard) => this.cluster.stuckOf(shard, longerThanMs, limit).catch(() => undefined)),
      ),
      this.retried.since(new Date(now - longerThanMs), limit, LOOK_TIME_MS).catch(() => undefined),
    ]);
    const closedShards = shards.filter((shard) => readings[shard] === undefined);
    const [open, closed] = await Promise.all([
      this.ofOpen(readings, retried ?? [], now),
      Promise.all(closedShards.map((shard) => this.ofClosed(shard, now))),
    ]);
    const found = [...open, ...closed.flat()].sort((a, b) => sinceOf(a) - sinceOf(b));
    const isWhole = readings.every((reading) => reading?.isWhole !== false);
    return {
      items: await this.named(found.slice(0, limit)),
      isComplete:
        isWhole &&
        found.length <= limit &&
        closedShards.length === 0 &&
        retried !== undefined &&
        retried.length < limit,
      closedShards,
    };
  }

  private async ofOpen(
    readings: readonly (StuckReading | undefined)[],
    retried: readonly RetriedRequest[],
    now: number,
  ): Promise<Found[]> {
    const served = new Set(readings.flatMap((reading) => reading?.servedLanes ?? []));
    const inRedis = readings.flatMap((reading, shard) =>
      (reading?.users ?? []).map((user) => ({ ...user, shard })),
    );
    const shardOf = (userId: string) => this.cluster.shardOf(userId);
    const others = retried.filter(
      ({ userId }) =>
        readings[shardOf(userId)] !== undefined && !inRedis.some((user) => user.userId === userId),
    );
    const userIds = [...inRedis, ...others].map(({ userId }) => userId);
    const onRecord: OnRecord = {
      settings: new Map((await this.queues.ofUsers(userIds)).map((queue) => [queue._id, queue])),
      halting: await this.haltingOf(inRedis),
      retried: new Map(retried.map((request) => [request.userId, request])),
    };
    return [
      ...inRedis.map((user) => foundInRedis(user, onRecord, served, now)),
      ...others.map((request) => foundRetried(request, onRecord, shardOf(request.userId), now)),
    ];
  }

  private async haltingOf(users: readonly (StuckUser & { shard: number })[]) {
    const stopped = users.filter(({ kind }) => kind === 'stopped');
    const shards = [...new Set(stopped.map(({ shard }) => shard))];
    const ofShards = await Promise.all(
      shards.map((shard) =>
        this.halts.haltedOf(
          shard,
          stopped.filter((user) => user.shard === shard).map(({ userId }) => userId),
        ),
      ),
    );
    return new Map(ofShards.flatMap((ofShard) => [...ofShard]));
  }

  private async ofClosed(shard: number, now: number): Promise<Found[]> {
    const users: readonly PendingUser[] = await this.pending.ofShard(shard, OF_CLOSED).catch(() => []);
    return users.map(({ userId, headId, headSince }) => ({
      ...NOTHING,
      userId,
      reason: 'shard_closed',
      since: this.cluster.closedSince(shard),
      requestId: headId,
      headAgeMs: now - headSince.getTime(),
      shard,
    }));
  }

  private async named(found: readonly Found[]): Promise<StuckDto[]> {
    const names = await this.names.of(found.map(({ userId }) => userId));
    return found.map(({ userId, ...rest }) => {
      const { why, cures } = EXPLANATIONS[rest.reason];
      const trouble = { userId, requestId: rest.requestId, lane: rest.lane };
      return { user: names.get(userId)!, ...rest, why: why(trouble), cures: cures(trouble) };
    });
  }
}

const sinceOf = ({ since }: Found) => since?.getTime() ?? Infinity;
