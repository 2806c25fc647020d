import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { recoveryWaitMs } from '../../config/durations';
import { ListedProcess, ProcessStore } from './process.store';

export interface WatchedProcess extends ListedProcess {
  /** It has not stirred for its RECOVERY_WAIT, so no view that it has read is valid any more. */
  readonly isSilent: boolean;
}

/**
 * Tells the dead from the living among the listed processes: a heartbeat that this process has seen unchanged for the
 * other's RECOVERY_WAIT, by its own monotonic clock. No clocks of two machines are compared. (P1)
 *
 * A view is valid for VIEW from before the heartbeat that its reader wrote first (EpochView); so whoever was silent
 * for longer has none, and writes itself into the list again before it has another.
 */
@Injectable()
export class ProcessWatch {
  private stirred = new Map<string, { readonly heartbeatAt: number; readonly seenAt: number }>();

  constructor(
    private readonly processes: ProcessStore,
    private readonly clock: Clock,
  ) {}

  /** Every listed process, this one included. The more often it is asked for, the sooner a silence is known. */
  async list(): Promise<readonly WatchedProcess[]> {
    const listed = await this.processes.list();
    const now = this.clock.monotonic();
    const before = this.stirred;
    this.stirred = new Map();
    return listed.map((process) => {
      const heartbeatAt = process.heartbeatAt.getTime();
      const known = before.get(process._id);
      const stirred = known?.heartbeatAt === heartbeatAt ? known : { heartbeatAt, seenAt: now };
      this.stirred.set(process._id, stirred);
      return { ...process, isSilent: now - stirred.seenAt >= recoveryWaitMs(process.durations) };
    });
  }
}
