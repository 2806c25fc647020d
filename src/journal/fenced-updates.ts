import { lossesOf, type Loss, type TakenBack } from '../queue/scripts/leased-job';
import type { FencedWrite } from './fenced-writes';
import type { EndedAttempt, RequestDocument, RequestError } from './request-document';
import type { FailurePolicy } from './queue-record.schema';
import { MAX_ATTEMPTS_KEPT, pushedAttempt, storedError, storedResult } from './stored-text';

/** The end of one attempt, and what it means for its request. */
export interface Outcome {
  readonly requestId: string;
  /** Fencing token of the attempt. */
  readonly token: number;
  /** Number of the attempt: the failed ones before it, plus 1. */
  readonly attempt: number;
  readonly record: EndedAttempt;
  readonly then: OutcomeThen;
  /**
   * The token of the look-up with which the attempt began. If MongoDB does not have it, the attempt has not begun.
   */
  readonly lookUpToken?: number | undefined;
  /** The token of the look-up after the attempt, if there was one. If MongoDB has it, the attempt is recorded. */
  readonly nextLookUpToken?: number | undefined;
}

export type OutcomeThen =
  /** `notBefore`: ms since 1970 */
  | { readonly kind: 'retry'; readonly notBefore: number }
  /** `result`: JSON text; cut with a mark if it is too large */
  | { readonly kind: 'succeeded'; readonly result?: string | undefined }
  /** `policy`: what its queue does about the failure. */
  | { readonly kind: 'failed'; readonly error: RequestError; readonly policy?: FailurePolicy };

/** A look-up before a doubtful job runs. */
export interface LookUp {
  readonly requestId: string;
  readonly userId: string;
  readonly shard: number;
  readonly seq: number;
  readonly token: number;
  /** The attempt whose worker died, if the job was taken back from one. */
  readonly takenBack: TakenBack | undefined;
}

/**
 * The outcome of attempt n. Matches only the state with which the attempt began, and never lets an older token
 * overwrite a newer one. (P1)
 */
export function outcomeWrite({
  requestId,
  token,
  attempt,
  record,
  then,
  lookUpToken = 0,
  nextLookUpToken = token + 1,
}: Outcome): FencedWrite {
  const retries = then.kind === 'retry';
  return {
    requestId,
    filter: { pending: true, token: { $gte: lookUpToken, $lt: nextLookUpToken }, attemptsMade: attempt - 1 },
    update: {
      $set: { token, attemptsMade: attempt, ...afterwards(then, record.finishedAt) },
      $push: { attempts: pushedAttempt(record) },
      $min: { startedAt: record.startedAt, ...(retries && { retryingSince: record.startedAt }) },
      $unset: { live: '', trouble: '', ...(!retries && { pending: '', notBefore: '' }) },
    },
    // External workers may report two ends of one attempt: what the other one recorded is not this end's.
    isApplied: (state) =>
      state.token === token &&
      state.attemptsMade === attempt &&
      (retries ? state.pending : state.status === then.kind),
  };
}

function afterwards(then: OutcomeThen, finishedAt: Date) {
  switch (then.kind) {
    case 'retry':
      return { notBefore: new Date(then.notBefore) };
    case 'succeeded':
      return {
        status: 'succeeded' as const,
        finishedAt,
        ...(then.result === undefined ? {} : { result: storedResult(then.result) }),
      };
    case 'failed':
      return failed(then.error, finishedAt, then.policy);
  }
}

/** The policy is part of the write, so that no crash can separate the two. */
function failed(error: RequestError, finishedAt: Date, policy: FailurePolicy = 'continue') {
  return {
    status: 'failed' as const,
    finishedAt,
    error: storedError(error),
    ...(policy === 'halt' ? { halts: true as const } : {}),
    ...(policy === 'cancel-rest' ? { cancelsRest: true as const } : {}),
  };
}

/** A request that fails without an attempt of its own. */
export interface Failure {
  readonly requestId: string;
  /** Fencing token of the turn. */
  readonly token: number;
  readonly error: RequestError;
  readonly policy: FailurePolicy;
  /** ms since 1970 */
  readonly finishedAt: number;
  /** The attempt whose process died, if it is not recorded yet. */
  readonly lost?: EndedAttempt | undefined;
}

/** A request whose workers have died too often. */
export function failWrite({ requestId, token, error, policy, finishedAt, lost }: Failure): FencedWrite {
  return {
    requestId,
    filter: { pending: true, token: { $lte: token } },
    update: {
      $set: { token, ...failed(error, new Date(finishedAt), policy) },
      $unset: { pending: '', notBefore: '', live: '' },
      ...(lost && {
        $inc: { crashes: 1 },
        $push: { attempts: pushedAttempt(lost) },
        $min: { startedAt: lost.startedAt },
      }),
    },
    isApplied: (state) => state.token === token && state.status === 'failed',
  };
}

/**
 * After this write no older attempt can record anything. (P1) Not for a batch whose members have not been counted.
 * (P3)
 */
export function lookUpWrite({ requestId, token, takenBack }: LookUp): FencedWrite {
  return {
    requestId,
    filter: {
      pending: true,
      token: { $lte: token },
      $or: [{ batch: { $exists: false } }, { token: { $gte: 1 } }],
    },
    update: takenBack === undefined ? { $set: { token } } : takenBackUpdate(token, takenBack),
    isApplied: (state) => state.pending && state.token === token,
    wantsState: true,
  };
}

/**
 * Counts the crash and records the lost attempt. Does nothing if the write is sent again, if the attempt was recorded
 * before its worker died, or if the attempt never got beyond its look-up: an unavailable store must not make a request
 * fail. Then an attempt before it may be the lost one. The stages choose by the token, so at most one applies.
 */
function takenBackUpdate(token: number, takenBack: TakenBack): object[] {
  const losses = lossesOf(takenBack, token).filter(({ lost }) => !lost.isTimedOut);
  return [...losses.map((loss) => ({ $set: lossOf(loss) })), { $set: { token } }, { $unset: 'trouble' }];
}

/**
 * Stores with the attempt what its worker could still report about the loss. An attempt that was lost through another
 * request's fault does not count as a crash.
 */
function lossOf({ lost: { worker, startedAt, lookUpToken }, nextLookUpToken }: Loss): object {
  const start = startedAt === undefined ? undefined : new Date(startedAt);
  const isRecorded =
    start === undefined ? { $in: ['$token', '$attempts.token'] } : { $in: [start, '$attempts.startedAt'] };
  const hasBegun = lookUpToken === undefined ? true : { $gte: ['$token', lookUpToken] };
  const isLost = { $and: [{ $lt: ['$token', nextLookUpToken] }, { $not: [isRecorded] }, hasBegun] };
  const isTold =
    start === undefined
      ? false
      : { $and: [{ $eq: ['$trouble.worker', { $literal: worker }] }, { $eq: ['$trouble.givenAt', start] }] };
  const isInnocent = { $and: [isTold, { $eq: ['$trouble.code', 'neighbour_blocked'] }] };
  const isCounted = { $and: [isLost, { $not: [isInnocent] }] };
  const lost = {
    number: { $add: ['$attemptsMade', 1] },
    ...(start === undefined ? {} : { startedAt: start }),
    outcome: 'lost',
    worker: { $literal: worker },
    error: { $cond: [isTold, { code: '$trouble.code', message: '$trouble.message' }, '$$REMOVE'] },
  };
  const appended = { $slice: [{ $concatArrays: ['$attempts', [lost]] }, -MAX_ATTEMPTS_KEPT] };
  return {
    crashes: { $add: ['$crashes', { $cond: [isCounted, 1, 0] }] },
    attempts: { $cond: [isLost, appended, '$attempts'] },
    ...(start === undefined
      ? {}
      : { startedAt: { $cond: [isLost, { $min: ['$startedAt', start] }, '$startedAt'] } }),
  };
}

/** A pending request as it was read before it was marked for look-up. */
export type Seen = Pick<RequestDocument, '_id' | 'userId' | 'token' | 'attemptsMade'>;

/**
 * Cancels a request for its user, unless an attempt has used up the mark since: its look-up has written a higher token,
 * except the first look-up after a retry, whose token may be the same. A worker that is running it finds the cancel when
 * it records the outcome. (P3)
 */
export function cancelWrite({ _id, userId, token, attemptsMade }: Seen, finishedAt: Date): FencedWrite {
  return {
    requestId: _id,
    filter: { userId, pending: true, token, attemptsMade },
    update: { $set: { status: 'cancelled', finishedAt }, $unset: { pending: '', notBefore: '' } },
    isApplied: (state) => state.status === 'cancelled',
  };
}

/**
 * Makes the request run again, without attempts or crashes counted. A repeated outcome of its last attempt cannot
 * match. (P1)
 * @param token the one under which it failed: only that failure is retried
 * @param shard of the user now; it may have changed since the request failed
 */
export function retryWrite(requestId: string, userId: string, token: number, shard: number): FencedWrite {
  return {
    requestId,
    filter: { userId, status: 'failed', token, dataErasedAt: { $exists: false } },
    update: {
      $set: { pending: true, shard, status: 'queued', attemptsMade: 0, crashes: 0 },
      $inc: { token: 1 },
      $unset: { error: '', finishedAt: '', halts: '', callback: '', retryingSince: '' },
    },
    isApplied: (state) => state.pending,
  };
}

/** Ends the backoff of a request, by MongoDB's clock. @param attemptsMade the number of the attempt that failed last */
export function endBackoffWrite(requestId: string, userId: string, attemptsMade: number): FencedWrite {
  return {
    requestId,
    filter: { userId, pending: true, attemptsMade },
    update: [{ $set: { notBefore: { $min: ['$notBefore', '$$NOW'] } } }],
    isApplied: (state) => state.pending && state.attemptsMade === attemptsMade,
  };
}

/** Dismisses a failed request. @param token the one under which it failed */
export function dismissWrite(requestId: string, userId: string, token: number): FencedWrite {
  return {
    requestId,
    filter: { userId, status: 'failed', token },
    update: { $set: { status: 'dismissed' }, $unset: { halts: '' } },
    isApplied: (state) => state.status === 'dismissed',
  };
}

/** Records the attempt that was running when its request was cancelled. Does nothing if the write is sent again. */
export function appendWrite(requestId: string, token: number, record: EndedAttempt): FencedWrite {
  return {
    requestId,
    filter: {
      status: 'cancelled',
      token: { $lte: token },
      'attempts.startedAt': { $ne: record.startedAt },
      dataErasedAt: { $exists: false },
    },
    update: {
      $push: { attempts: pushedAttempt(record) },
      $min: { startedAt: record.startedAt },
    },
    isApplied: () => true,
  };
}

/**
 * Abandons a request that was never acknowledged. Never matches one with a token: it was started or acknowledged. (P3)
 */
export function abandonWrite(requestId: string, abandonedAt: Date): FencedWrite {
  return {
    requestId,
    filter: { pending: true, token: 0 },
    update: {
      $set: { status: 'abandoned', abandonedAt },
      $unset: { pending: '', key: '' },
    },
    isApplied: (state) => state.status === 'abandoned',
  };
}

/** Protects a request from being abandoned, before its first answer is repeated. (P3) */
export function protectWrite(requestId: string): FencedWrite {
  return {
    requestId,
    filter: { pending: true },
    update: { $max: { token: 1 } },
    isApplied: (state) => state.pending && state.token >= 1,
  };
}
