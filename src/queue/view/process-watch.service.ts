import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { QueueSettings } from '../../config/settings';
import { RECOVERY_MARGIN_MS } from '../permit';
import { ProcessDocument, ProcessStore } from './process.store';

export interface WatchedProcess extends ProcessDocument {
  /** It has not stirred for RECOVERY_WAIT, so no view that it has read is valid any more. */
  readonly isSilent: boolean;
}

/**
 * Tells the dead from the living among the listed processes: a heartbeat that this process has seen unchanged for
 * RECOVERY_WAIT by its own monotonic clock. No clocks of two machines are compared. (P1)
 *
 * A view is valid for VIEW from before the heartbeat that its reader wrote first (ViewService); so whoever was silent
 * for longer has none, and writes itself into the list again before it has another.
 */
@Injectable()
export class ProcessWatch {
  /** RECOVERY_WAIT: after this long every view has ended that was read before. */
  readonly recoveryWaitMs: number;
  private stirred = new Map<string, { readonly heartbeatAt: number; readonly seenAt: number }>();

  constructor(
    private readonly processes: ProcessStore,
    private readonly clock: Clock,
    settings: QueueSettings,
  ) {
    this.recoveryWaitMs = settings.viewMs + RECOVERY_MARGIN_MS;
  }

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
      return { ...process, isSilent: now - stirred.seenAt >= this.recoveryWaitMs };
    });
  }
}
