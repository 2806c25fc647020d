import type { Permit } from '../../queue/epochs/permit';
import type { GivenJob } from '../../queue/scripts/given-job';
import type { ServingWorker } from '../../queue/scripts/shard-scripts.service';

/** Whoever has leases from the scripts: a worker of this process, or this process for external workers. */
export interface LeaseHolder {
  /** Who it is to the scripts. */
  readonly serving: ServingWorker;
  /** How long a lease lasts in Redis, ms. */
  readonly leaseMs: number;
  /** Of external workers: what a lease lasts in Redis beyond an attempt's time limit at most, ms. */
  readonly graceMs?: number;
  /** Fencing tokens of the leases that it knows of. */
  readonly tokens: ReadonlySet<number>;
}

/** Whoever takes users' turns from a claim loop. */
export interface Claimant extends LeaseHolder {
  /** Turns that it could take now. */
  readonly free: number;
  /** Takes a turn that was given. @param sentAt monotonic time before the call that gave it */
  take(job: GivenJob, permit: Permit, sentAt: number): void;
  /** Every shard that was due has been asked. */
  passed?(): void;
  /** Calls back when more may be free. @returns a function that ends it */
  onFreed(listener: () => void): () => void;
}
