import { LeasedJob, readLeasedJobs } from './leased-job';
import type { Args } from './script-runner';

/** The worker that claims. */
export interface ServingWorker {
  readonly name: string;
  /** The lanes that it serves, as `laneWords` writes them. */
  readonly lanes: string;
}

export interface ClaimReply {
  /** The shard's time, ms. */
  readonly now: number;
  /**
   * When the next user may start, ms: in the past if one waits; undefined if there is none, or another worker was told
   * to come.
   */
  readonly nextDueAt: number | undefined;
  /** The longest lease that was given on the shard since it was opened, ms. */
  readonly longestLeaseMs: number;
  /** How often the server's clock was set back since the shard was opened. */
  readonly steps: number;
  /** Workers that found no waiting user on this shard. */
  readonly sleepers: number;
  readonly jobs: readonly LeasedJob[];
}

/** The leases that a claim may take back: those that ended before `until`, ms, if the worker knows all clock steps. */
export interface Cutoff {
  readonly until: number;
  readonly steps: number;
}

/** A worker that does not know the server's clock. */
export const TAKE_NOTHING_BACK: Cutoff = { until: 0, steps: -1 };

/** What a worker asks of a shard. Times in ms. */
export interface ClaimItem {
  readonly worker: ServingWorker;
  /** Users at most. */
  readonly n: number;
  readonly leaseMs: number;
  /** For external workers: how much longer than the attempt's time limit a lease may last. */
  readonly graceMs?: number | undefined;
  readonly cutoff: Cutoff;
  /** Users who have waited less are left alone. */
  readonly patienceMs?: number | undefined;
}

/** The arguments of `lua/claim.lua`. */
export function claimArgs({ worker, n, leaseMs, graceMs, cutoff, patienceMs = 0 }: ClaimItem): Args {
  const { until, steps } = cutoff;
  return [worker.name, n, leaseMs, until, worker.lanes, graceMs ?? '', Math.floor(patienceMs), steps];
}

/** Reads the reply of `lua/claim.lua`. */
export function readClaim(shard: number, reply: unknown): ClaimReply {
  const [now, due, longest, sleepers, flat, steps] = reply as [
    string,
    string,
    string,
    number,
    string[],
    string,
  ];
  return {
    now: Number(now),
    nextDueAt: momentOf(due),
    longestLeaseMs: Number(longest),
    steps: Number(steps),
    sleepers,
    jobs: readLeasedJobs(shard, Number(now), flat),
  };
}

const momentOf = (text: string): number | undefined => {
  const moment = Number(text === '' || text === 'inf' ? NaN : text);
  return Number.isNaN(moment) ? undefined : moment;
};
