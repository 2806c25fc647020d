import type { JobOptions } from '../queue/job-options';
import { MAIN_LANE } from '../config/lanes';
import type { Place } from '../queue/user-queues.service';
import type { BatchMembership, FirstAnswer, RequestDocument } from '../journal/request-document';

/** A checked request, ready to be accepted. */
export interface AcceptInput {
  readonly userId: string;
  readonly type: string;
  /** The lane of the workers that serve the request's type. */
  readonly lane: string;
  /** Exact JSON text. */
  readonly payload: string;
  readonly options: JobOptions;
  /** ms since 1970: the request does not start earlier. */
  readonly runAt: number | undefined;
  /** Delay in milliseconds by the clock of the shard's server; set instead of `runAt`. */
  readonly delayMs?: number | undefined;
  readonly tags: readonly string[];
  /** URL to notify when the request ends. */
  readonly callbackUrl?: string | undefined;
  readonly idempotency: Idempotency | undefined;
}

/** What a repeated call is recognised by. */
export type Repeatable = Pick<AcceptInput, 'userId' | 'idempotency'>;

export interface Idempotency {
  /** The route's name, a colon, and the client's key. */
  readonly key: string;
  /** Hash of the canonical JSON of the whole body. */
  readonly bodyHash: string;
}

/** The answer to the client; a repeated call with the same key gets the same. */
export interface Accepted {
  readonly requestId: string;
  readonly seq: number;
  readonly type: string;
  readonly firstAnswer: FirstAnswer;
  readonly createdAt: Date;
  /** Whether an earlier call with the same key accepted it. */
  readonly replayed: boolean;
}

export function documentOf(
  requestId: string,
  input: AcceptInput,
  place: Place & { readonly shard: number },
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
