import type { Permit } from '../../queue/epochs/permit';
import type { LeasedJob } from '../../queue/scripts/leased-job';
import type { ServingWorker } from '../../queue/scripts/claim';

/** One user's head, leased. The holder acts on it only while it may, and records nothing afterwards. (P1) */
export interface HeldTurn {
  readonly job: LeasedJob;
  /** Held as long as the lease is valid. */
  readonly permit: Permit;
  /** Whether its outcome may be recorded now. */
  readonly mayAct: boolean;
  /** The shard's time, ms: comparable between workers, whatever their own clocks say. */
  shardTime(): number;
}

/** The holder of leases for the scripts: an in-process worker, or this process for external workers. */
export interface LeaseHolder {
  /** How it appears to the scripts. */
  readonly serving: ServingWorker;
  /** How long a lease lasts in Redis, ms. */
  readonly leaseMs: number;
  /** For external workers: the longest time, ms, that a lease lasts in Redis beyond the attempt's time limit. */
  readonly graceMs?: number;
  /** Fencing tokens of the leases that it knows. */
  readonly tokens: ReadonlySet<number>;
}

/** Takes turns from a claim loop. */
export interface Claimant extends LeaseHolder {
  /** Number of turns that it could take now. */
  readonly free: number;
  /** Takes a turn that was given. @param sentAt monotonic time before the call that gave it */
  take(job: LeasedJob, permit: Permit, sentAt: number): void;
  /** Every shard that was due has been tried. */
  passed?(): void;
  /** Calls back when more may be free. @returns a function that ends it */
  onFreed(listener: () => void): () => void;
}
