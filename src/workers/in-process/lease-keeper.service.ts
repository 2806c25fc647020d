import { Injectable } from '@nestjs/common';
import { chunksOf } from '../../common/flow/in-chunks';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { renewEveryMs } from '../../config/durations';
import { QueueSettings } from '../../config/settings';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import type { Turn } from './turn';
import { HeldTurns } from './held-turns.service';

/** Leases renewed in one call. */
const MAX_ITEMS = 32;

/** Renews the leases of all turns every LEASE/3, as long as the view they were given under is valid. (P1) */
@Injectable()
export class LeaseKeeper {
  private readonly log = new EventLog(LeaseKeeper.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly turns: HeldTurns,
    private readonly scripts: ShardScripts,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.runOnce(), renewEveryMs(this.settings));
  }

  /** Safe to call twice, and before `start`. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  async runOnce(): Promise<void> {
    const batches = new Map<string, Turn[]>();
    for (const turn of this.turns.all) {
      if (!turn.permit.isValid() || !turn.mayAct) continue;
      const key = `${turn.permit.shard} ${turn.permit.epoch}`;
      batches.set(key, [...(batches.get(key) ?? []), turn]);
    }
    const calls = [...batches.values()].flatMap((turns) => chunksOf(turns, MAX_ITEMS));
    await Promise.all(calls.map((turns) => this.renew(turns)));
  }

  private async renew(turns: readonly Turn[]): Promise<void> {
    const { shard, epoch } = turns[0]!.permit;
    const leases = turns.map(({ job }) => ({ userId: job.userId, token: job.token }));
    const sentAt = this.clock.monotonic();
    try {
      const { lost, cancelled } = await this.scripts.renew(shard, epoch, this.settings.leaseMs, leases);
      for (const turn of turns) if (!lost.includes(turn.job.userId)) turn.renewed(sentAt);
      for (const turn of turns) if (cancelled.includes(turn.job.userId)) turn.stop('cancelled');
      const alive = new Set(this.turns.all); // some may have been settled during the call
      for (const turn of turns) if (lost.includes(turn.job.userId) && alive.has(turn)) turn.lost();
    } catch (cause) {
      // The turns continue until their deadline; the next renewal may still come in time.
      this.log.write('step.failed', { step: 'renew leases', shard, cause });
    }
  }
}
