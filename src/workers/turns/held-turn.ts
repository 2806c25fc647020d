import type { Permit } from '../../queue/epochs/permit';
import type { GivenJob } from '../../queue/scripts/given-job';

/** One user's head, leased: whoever runs it acts on it only while they may, and records nothing after. (P1) */
export interface HeldTurn {
  readonly job: GivenJob;
  /** Held as long as the lease may be acted under. */
  readonly permit: Permit;
  /** Whether its outcome may be recorded now. */
  readonly mayAct: boolean;
  /** The shard's time, ms: comparable between workers, whatever their own clocks say. */
  shardTime(): number;
}
