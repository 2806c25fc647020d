import type { JobOptions } from '../job-options';

/** An attempt of a worker whose lease has ended. */
export interface TakenBack {
  readonly worker: string;
  /** When it was leased, ms since 1970 by the shard's time. */
  readonly startedAt?: number | undefined;
  /** Its token, if it had to be looked up before it ran: the look-up has recorded that token, or it never ran. */
  readonly lookUpToken?: number | undefined;
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
  /** The attempt before, if that one was taken back. */
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
const FIELDS = 14;

/** Reads the jobs as `lua/_lease_head.lua` writes them. */
export function readLeasedJobs(shard: number, leasedAt: number, flat: readonly string[]): LeasedJob[] {
  const jobs: LeasedJob[] = [];
  for (let i = 0; i < flat.length; i += FIELDS) {
    const [
      userId,
      requestId,
      seq,
      token,
      lookUp,
      attemptsMade,
      type,
      payload,
      options,
      acceptedAt,
      dueAt,
      at,
      worker,
      lookUpToken,
    ] = flat.slice(i, i + FIELDS) as [
      string,
      string,
      string,
      string,
      keyof typeof LOOK_UPS,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    jobs.push({
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
      previous:
        lookUp >= '2'
          ? {
              worker,
              startedAt: Number(at),
              lookUpToken: lookUpToken === '' ? undefined : Number(lookUpToken),
            }
          : undefined,
    });
  }
  return jobs;
}
