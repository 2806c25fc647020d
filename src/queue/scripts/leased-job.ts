import { chunksOf } from '../../common/flow/in-chunks';
import type { JobOptions } from '../job-options';

/** An attempt of a worker whose lease has ended. */
export interface TakenBack {
  readonly worker: string;
  /** When it was leased, ms since 1970 by the shard's time; unknown if Redis lost the job meanwhile. */
  readonly startedAt?: number | undefined;
  /** Its token, if it had to be looked up before it ran: the look-up has recorded that token, or it never ran. */
  readonly lookUpToken?: number | undefined;
  /** From an external worker, whose attempt used all its time. */
  readonly isTimedOut?: boolean;
  /**
   * The attempt that was lost before it. MongoDB may not know of that one, if this one's look-up never reached it.
   */
  readonly previous?: TakenBack | undefined;
}

/** A lost attempt. */
export interface Loss {
  readonly lost: TakenBack;
  /** The token of the look-up after it: once MongoDB has that one, this attempt is recorded. */
  readonly nextLookUpToken: number;
}

/**
 * The lost attempts, latest first. MongoDB may lack one of them, the last that began: the document's token is at least
 * its look-up's, and below the next look-up's.
 * @param token of the look-up that is to record it
 */
export function lossesOf(last: TakenBack | undefined, token: number): Loss[] {
  if (!last) return [];
  return [{ lost: last, nextLookUpToken: token }, ...lossesOf(last.previous, last.lookUpToken ?? 0)];
}

/** From a worker that died. `timed_out`: from an external worker, whose attempt used all its time. */
export type TakenBackAs = 'taken_back' | 'timed_out';

/** A request that a worker may run: the head of a user who is leased to it. */
export interface LeasedJob {
  readonly shard: number;
  readonly userId: string;
  readonly requestId: string;
  readonly seq: number;
  /** Fencing token: grows with every attempt of a user. (P1) */
  readonly token: number;
  /** Look it up before running it: its document may be missing, or decided, or it was taken back from a dead worker. */
  readonly lookUp: 'none' | 'doubtful' | TakenBackAs;
  /** It is in another worker's lane: look it up, settle it if it is over, and give it back if it must run. */
  readonly isLookUpOnly: boolean;
  readonly attemptsMade: number;
  readonly type: string;
  /** The payload's exact JSON text. */
  readonly payload: string;
  readonly options: JobOptions;
  /** ms since 1970, by the shard's clock, like the other times here. */
  readonly acceptedAt: number;
  /** When it could have started at the earliest, by its own times. */
  readonly dueAt: number;
  /** When this attempt was leased. */
  readonly leasedAt: number;
  /** The attempt before it, if that one was taken back. */
  readonly previous: TakenBack | undefined;
}

const LOOK_UPS = {
  '0': 'none',
  '1': 'doubtful',
  '2': 'taken_back',
  '3': 'timed_out',
  '4': 'taken_back',
  '5': 'timed_out',
} as const;

/** The fields of a job, as `lua/_lease_head.lua` writes them. */
type JobFields = [
  userId: string,
  requestId: string,
  seq: string,
  token: string,
  lookUp: keyof typeof LOOK_UPS,
  attemptsMade: string,
  type: string,
  payload: string,
  options: string,
  acceptedAt: string,
  dueAt: string,
  lost: string,
];
const FIELDS = 12 satisfies JobFields['length'];

export function readLeasedJobs(shard: number, leasedAt: number, flat: readonly string[]): LeasedJob[] {
  return (chunksOf(flat, FIELDS) as JobFields[]).map((fields) => jobOf(shard, leasedAt, fields));
}

function jobOf(shard: number, leasedAt: number, fields: JobFields): LeasedJob {
  const [userId, requestId, seq, token, lookUp, attemptsMade, type, payload, options, ...rest] = fields;
  const [acceptedAt, dueAt, lost] = rest;
  return {
    shard,
    userId,
    requestId,
    seq: Number(seq),
    token: Number(token),
    lookUp: LOOK_UPS[lookUp],
    isLookUpOnly: lookUp >= '4',
    attemptsMade: Number(attemptsMade),
    type,
    payload,
    options: JSON.parse(options) as JobOptions,
    acceptedAt: Number(acceptedAt),
    dueAt: Math.max(Number(acceptedAt), Number(dueAt)),
    leasedAt,
    previous: readLost(lost),
  };
}

/** Reads `lost_before` of `lua/_lease_head.lua`. @returns the latest */
function readLost(lines: string): TakenBack | undefined {
  let last: TakenBack | undefined;
  for (const [, mark, at, token, worker = ''] of lines.matchAll(/(\d) (\d*) (\d*) (.*)\n/g))
    last = {
      worker,
      startedAt: at ? Number(at) : undefined,
      lookUpToken: token ? Number(token) : undefined,
      isTimedOut: mark === '3',
      previous: last,
    };
  return last;
}
