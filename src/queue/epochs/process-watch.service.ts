import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock';
import { recoveryWaitMs } from '../../config/durations';
import { ListedProcess, ProcessStore } from './process.store';

export interface WatchedProcess extends ListedProcess {
  /** It was silent for its RECOVERY_WAIT, so no view that it has read is still valid. */
  readonly isSilent: boolean;
}

/**
 * Finds out which listed processes are dead: this process has seen the other's heartbeat unchanged for the other's
 * RECOVERY_WAIT, by its own monotonic clock. It never compares the clocks of two machines. (P1)
 *
 * A view is valid for VIEW, counted from before the heartbeat that its reader wrote first (EpochView). So a process
 * that was silent for longer has no view, and lists itself again before it gets one.
 */
@Injectable()
export class ProcessWatch {
  private stirred = new Map<string, { readonly heartbeatAt: number; readonly seenAt: number }>();

  constructor(
    private readonly processes: ProcessStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Every listed process, this one included. The more often it is called, the sooner a silence is noticed.
   */
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
