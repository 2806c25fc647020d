import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { ClusterState } from '../../queue/cluster-state.service';
import type { StuckReading, StuckUser } from '../../queue/stuck-users';
import { Halts, HaltingRequest } from '../../user-queue/control/halts.service';
import type { QueueDocument } from '../../journal/queue-record.schema';
import { QueueRecords } from '../../journal/queue-records.service';
import { PendingUser, RetriedRequest, TroubledRequests } from './troubled-requests.service';
import { UserNames } from '../user-names.service';
import { TOLD } from './cures';
import type { StuckDto, StuckListDto, StuckReason } from './stuck.dto';

/** Users named of a shard that is closed. */
const OF_CLOSED = 50;

/** One user in trouble, before they have a name. */
type Found = Omit<StuckDto, 'user' | 'why' | 'cures'> & { readonly userId: string };

/** What is on record of the users that were found. */
interface OnRecord {
  readonly settings: ReadonlyMap<string, QueueDocument>;
  readonly halting: ReadonlyMap<string, HaltingRequest>;
  readonly retried: ReadonlyMap<string, RetriedRequest>;
}

const NOTHING = {
  nextAttemptAt: null,
  attemptsMade: null,
  lastError: null,
  worker: null,
  lane: null,
} as const;

/**
 * Whose queue does not move, and why: Redis tells who waits and runs, MongoDB who is tried again and again, and why a
 * queue is stopped.
 */
@Injectable()
export class StuckUsers {
  constructor(
    private readonly cluster: ClusterState,
    private readonly queues: QueueRecords,
    private readonly halts: Halts,
    private readonly requests: TroubledRequests,
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
      this.requests.retriedSince(new Date(now - longerThanMs), limit).catch(() => undefined),
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
      ...others.map((request) => ({
        ...retriedFields(request),
        userId: request.userId,
        ...reasonOf(request, onRecord),
        requestId: request.id,
        headAgeMs: now - request.createdAt.getTime(),
        lane: request.lane,
        worker: null,
        shard: shardOf(request.userId),
      })),
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
    const users: readonly PendingUser[] = await this.requests
      .pendingUsersOf(shard, OF_CLOSED)
      .catch(() => []);
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
      const { why, cures } = TOLD[rest.reason];
      const trouble = { userId, requestId: rest.requestId, lane: rest.lane };
      return { user: names.get(userId)!, ...rest, why: why(trouble), cures: cures(trouble) };
    });
  }
}

const sinceOf = ({ since }: Found) => since?.getTime() ?? Infinity;
const date = (ms: number | undefined) => (ms === undefined ? null : new Date(ms));

function retriedFields(request: RetriedRequest | undefined) {
  if (request === undefined) return { attemptsMade: null, lastError: null, nextAttemptAt: null };
  const { attemptsMade, lastError, nextAttemptAt } = request;
  return {
    attemptsMade,
    lastError: lastError && { code: lastError.code, message: lastError.message },
    nextAttemptAt,
  };
}

function foundInRedis(
  user: StuckUser & { readonly shard: number },
  onRecord: OnRecord,
  served: ReadonlySet<string>,
  now: number,
): Found {
  const { userId, lane, shard, headId, headSince } = user;
  const halting = user.kind === 'stopped' ? onRecord.halting.get(userId) : undefined;
  const retried = onRecord.retried.get(userId);
  const told = retriedFields(retried?.id === headId ? retried : undefined);
  return {
    ...told,
    nextAttemptAt: date(user.nextDueAt) ?? told.nextAttemptAt,
    userId,
    ...(user.kind === 'stopped'
      ? stopOf(halting, onRecord.settings.get(userId))
      : { reason: reasonInRedis(user, served), since: date(user.since) }),
    requestId: halting?.id ?? headId ?? null,
    headAgeMs: headSince === undefined ? null : now - headSince,
    worker: user.worker ?? null,
    ...{ lane, shard },
  };
}

function reasonInRedis({ kind, lane }: StuckUser, served: ReadonlySet<string>): StuckReason {
  if (kind === 'due') return served.has(lane) ? 'workers_busy' : 'no_worker';
  if (kind === 'lease_ended') return 'worker_lost';
  return kind === 'runs_long' ? 'runs_long' : 'limited';
}

type Why = Pick<Found, 'reason' | 'since'>;

/** Of a queue that Redis holds stopped. */
function stopOf(halting: HaltingRequest | undefined, settings: QueueDocument | undefined): Why {
  if (halting) return { reason: 'halted', since: halting.since };
  return pauseOf(settings) ?? { reason: 'paused', since: null };
}

function pauseOf(settings: QueueDocument | undefined): Why | undefined {
  if (settings?.adminPause) return { reason: 'paused_by_admin', since: settings.adminPause.at };
  return settings?.paused ? { reason: 'paused', since: settings.pausedAt ?? null } : undefined;
}

/** Of a request that is tried again: unless its queue is paused, beyond the users that Redis named. */
const reasonOf = ({ userId, since }: RetriedRequest, { settings }: OnRecord): Why =>
  pauseOf(settings.get(userId)) ?? { reason: 'retrying', since };
