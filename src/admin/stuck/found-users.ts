/** Why the queue of a user does not move: combines what Redis and MongoDB know. */
import type { QueueDocument } from '../../journal/queue-record.schema';
import type { RetriedRequest } from '../../journal/retried-requests.service';
import type { StuckUser } from '../../queue/stuck-users';
import type { HaltingRequest } from '../../user-queue/control/halts.service';
import type { StuckDto, StuckReason } from './stuck.dto';

/** A user in trouble, before the name is known. */
export type Found = Omit<StuckDto, 'user' | 'why' | 'cures'> & { readonly userId: string };

/** What MongoDB has about the users found. */
export interface OnRecord {
  readonly settings: ReadonlyMap<string, QueueDocument>;
  readonly halting: ReadonlyMap<string, HaltingRequest>;
  readonly retried: ReadonlyMap<string, RetriedRequest>;
}

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

/** A user that Redis reported. */
export function foundInRedis(
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
    lane,
    shard,
  };
}

/** A user whose request keeps being retried, beyond those that Redis reported. */
export const foundRetried = (
  request: RetriedRequest,
  onRecord: OnRecord,
  shard: number,
  now: number,
): Found => ({
  ...retriedFields(request),
  userId: request.userId,
  ...reasonOf(request, onRecord),
  requestId: request.id,
  headAgeMs: now - request.createdAt.getTime(),
  lane: request.lane,
  worker: null,
  shard,
});

function reasonInRedis({ kind, lane }: StuckUser, served: ReadonlySet<string>): StuckReason {
  if (kind === 'due') return served.has(lane) ? 'workers_busy' : 'no_worker';
  if (kind === 'lease_ended') return 'worker_lost';
  return kind === 'runs_long' ? 'runs_long' : 'limited';
}

type Why = Pick<Found, 'reason' | 'since'>;

/** For a queue that is stopped in Redis. */
function stopOf(halting: HaltingRequest | undefined, settings: QueueDocument | undefined): Why {
  if (halting) return { reason: 'halted', since: halting.since };
  return pauseOf(settings) ?? { reason: 'paused', since: null };
}

function pauseOf(settings: QueueDocument | undefined): Why | undefined {
  if (settings?.adminPause) return { reason: 'paused_by_admin', since: settings.adminPause.at };
  return settings?.paused ? { reason: 'paused', since: settings.pausedAt ?? null } : undefined;
}

/** For a request that keeps being retried, beyond the users that Redis reported; not if its queue is paused. */
const reasonOf = ({ userId, since }: RetriedRequest, { settings }: OnRecord): Why =>
  pauseOf(settings.get(userId)) ?? { reason: 'retrying', since };
