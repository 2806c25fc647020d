import type { TakenBack } from '../queue/scripts/leased-job';
import type { FencedWrite } from './fenced-writes';
import type { EndedAttempt, RequestError } from './request-document';
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
  /** The look-up that the attempt began with: without it on record it has not begun, and there is nothing to record. */
  readonly lookUpToken?: number | undefined;
}

export type OutcomeThen =
  /** `notBefore`: ms since 1970 */
  | { readonly kind: 'retry'; readonly notBefore: number }
  /** `result`: JSON text; cut with a mark if it is too large */
  | { readonly kind: 'succeeded'; readonly result?: string | undefined }
  /** `policy`: what its queue does about it. */
  | { readonly kind: 'failed'; readonly error: RequestError; readonly policy?: FailurePolicy };

/** A look before a doubtful job is run. */
export interface LookUp {
  readonly requestId: string;
  readonly userId: string;
  readonly shard: number;
  readonly seq: number;
  readonly token: number;
  /** The attempt whose worker died, if the job was taken back from one. */
  readonly takenBack: TakenBack | undefined;
}

/** Outcome of attempt n: only over the state that the attempt was begun from, and no older token over a newer. (P1) */
export function outcomeWrite({
  requestId,
  token,
  attempt,
  record,
  then,
  lookUpToken = 0,
}: Outcome): FencedWrite {
  return {
    requestId,
    filter: { pending: true, token: { $gte: lookUpToken, $lte: token }, attemptsMade: attempt - 1 },
    update: {
      $set: { token, attemptsMade: attempt, ...afterwards(then, record.finishedAt) },
      $push: { attempts: pushedAttempt(record) },
      $min: { startedAt: record.startedAt },
      $unset: { live: '', trouble: '', ...(then.kind === 'retry' ? {} : { pending: '', notBefore: '' }) },
    },
    // Of one attempt two ends may be told by external workers: what the other has recorded is not this one's.
    isApplied: (state) =>
      state.token === token &&
      state.attemptsMade === attempt &&
      (then.kind === 'retry' ? state.pending : state.status === then.kind),
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

/** The policy is part of the write, so that no crash can part the two. */
function failed(error: RequestError, finishedAt: Date, policy: FailurePolicy = 'continue') {
  return {
    status: 'failed' as const,
    finishedAt,
    error: storedError(error),
    ...(policy === 'halt' ? { halts: true as const } : {}),
    ...(policy === 'cancel-rest' ? { cancelsRest: true as const } : {}),
  };
}

/** A request that fails with no attempt of its own. */
export interface Failure {
  readonly requestId: string;
  /** Fencing token of the turn. */
  readonly token: number;
  readonly error: RequestError;
  readonly policy: FailurePolicy;
  /** ms since 1970 */
  readonly finishedAt: number;
  /** An attempt whose process has died, if that is not on record yet. */
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

/** From now on no older attempt can record anything. (P1) Not of a batch that nobody has counted yet. (P3) */
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
 * Counts the crash and keeps a record of the lost attempt, but not twice if the write is sent again, and not if the
 * attempt was recorded before its worker died: then nothing of it is lost. Nor if it never got beyond its look-up:
 * a request does not fail of a store that was away. What its worker could still say of the loss goes with the attempt;
 * one that was lost by another's fault is not counted as a crash.
 */
function takenBackUpdate(token: number, { worker, startedAt, lookUpToken }: TakenBack): object[] {
  const start = startedAt === undefined ? undefined : new Date(startedAt);
  const isRecorded = start === undefined ? false : { $in: [start, '$attempts.startedAt'] };
  const hasBegun = lookUpToken === undefined ? true : { $gte: ['$token', lookUpToken] };
  const isLost = { $and: [{ $lt: ['$token', token] }, { $not: [isRecorded] }, hasBegun] };
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
  return [
    {
      $set: {
        token,
        crashes: { $add: ['$crashes', { $cond: [isCounted, 1, 0] }] },
        attempts: { $cond: [isLost, appended, '$attempts'] },
        ...(start === undefined
          ? {}
          : { startedAt: { $cond: [isLost, { $min: ['$startedAt', start] }, '$startedAt'] } }),
      },
    },
    { $unset: 'trouble' },
  ];
}

/** The owner does not want it any more; whatever runs of it finds that decided. */
export function cancelWrite(requestId: string, userId: string, finishedAt: Date): FencedWrite {
  return {
    requestId,
    filter: { userId, pending: true },
    update: { $set: { status: 'cancelled', finishedAt }, $unset: { pending: '', notBefore: '' } },
    isApplied: (state) => state.status === 'cancelled',
  };
}

/**
 * Runs again, with no attempts or deaths counted. No outcome of its last attempt, sent again, can match. (P1)
 * @param token the one under which it failed: the failure that is decided about, and no other
 * @param shard the user's: it may be another than when the request failed
 */
export function retryWrite(requestId: string, userId: string, token: number, shard: number): FencedWrite {
  return {
    requestId,
    filter: { userId, status: 'failed', token, dataErasedAt: { $exists: false } },
    update: {
      $set: { pending: true, shard, status: 'queued', attemptsMade: 0, crashes: 0 },
      $inc: { token: 1 },
      $unset: { error: '', finishedAt: '', halts: '', callback: '' },
    },
    isApplied: (state) => state.pending,
  };
}

/** Put aside for good. @param token the one under which it failed */
export function dismissWrite(requestId: string, userId: string, token: number): FencedWrite {
  return {
    requestId,
    filter: { userId, status: 'failed', token },
    update: { $set: { status: 'dismissed' }, $unset: { halts: '' } },
    isApplied: (state) => state.status === 'dismissed',
  };
}

/** The attempt that was running when its request was cancelled, for the record; not twice if it is sent again. */
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

/** Nobody was promised it. Never over a token: somebody has started it, or answered for it. (P3) */
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

/** From now on nobody may abandon it: its first answer is about to be given again. (P3) */
export function protectWrite(requestId: string): FencedWrite {
  return {
    requestId,
    filter: { pending: true },
    update: { $max: { token: 1 } },
    isApplied: (state) => state.pending && state.token >= 1,
  };
}
