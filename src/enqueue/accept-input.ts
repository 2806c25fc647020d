import type { Problem } from '../common/errors/problem';
import type { JobOptions } from '../queue/job-options';
import { MAIN_LANE } from '../config/lanes';
import type { BatchMembership, FirstAnswer, RequestDocument } from '../journal/request-document';

/** A request as its user wants it, checked. */
export interface AcceptInput {
  readonly userId: string;
  readonly type: string;
  /** The lane of the workers that serve its type. */
  readonly lane: string;
  /** Exact JSON text. */
  readonly payload: string;
  readonly options: JobOptions;
  /** ms since 1970: not before this time. */
  readonly runAt: number | undefined;
  /** Milliseconds from now before which it does not start, by the clock of the shard's server; instead of `runAt`. */
  readonly delayMs?: number | undefined;
  readonly tags: readonly string[];
  /** URL to notify when the request ends. */
  readonly callbackUrl?: string | undefined;
  readonly idempotency: Idempotency | undefined;
  /** Why nothing new is taken of the user; an accepted request is still told again. */
  readonly refusal?: Problem | undefined;
}

export interface Idempotency {
  /** The route's name, a colon, and the client's key. */
  readonly key: string;
  /** Of the whole body's canonical JSON. */
  readonly bodyHash: string;
}

/** The answer to the client; a repeated call with the same key gets the same. */
export interface Accepted {
  readonly requestId: string;
  readonly seq: number;
  readonly type: string;
  readonly firstAnswer: FirstAnswer;
  readonly createdAt: Date;
  /** It was accepted by an earlier call with the same key. */
  readonly replayed: boolean;
}

/** The place that a request was given in Redis. Moments by the shard's time. */
export interface Place {
  readonly shard: number;
  readonly seq: number;
  /** Requests of the user that start before it; undefined while it is scheduled. */
  readonly position: number | undefined;
  /** The time it is scheduled for, ms since 1970; undefined if it is not, or that is past. */
  readonly runAt: number | undefined;
  /** ms since 1970 */
  readonly now: number;
}

export function documentOf(
  requestId: string,
  input: AcceptInput,
  place: Place,
  batch?: BatchMembership,
): RequestDocument {
  const { userId, type, lane, payload, options, tags, callbackUrl, idempotency } = input;
  const { shard, seq, position, runAt, now } = place;
  return {
    _id: requestId,
    userId,
    shard,
    seq,
    type,
    ...(lane === MAIN_LANE ? {} : { lane }),
    payload,
    options,
    ...idempotency,
    ...(batch === undefined ? {} : { batch }),
    pending: true,
    status: 'queued',
    token: 0,
    attemptsMade: 0,
    crashes: 0,
    ...(runAt === undefined ? {} : { runAt: new Date(runAt) }),
    attempts: [],
    tags,
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
    createdAt: new Date(now),
    firstAnswer: {
      status: runAt === undefined ? 'queued' : 'scheduled',
      ...(position === undefined ? {} : { position }),
    },
  };
}

export function acceptedOf(
  document: Pick<RequestDocument, '_id' | 'seq' | 'type' | 'firstAnswer' | 'createdAt'>,
  replayed: boolean,
): Accepted {
  const { _id: requestId, seq, type, firstAnswer, createdAt } = document;
  return { requestId, seq, type, firstAnswer, createdAt, replayed };
}
