import { BeforeApplicationShutdown, Injectable, OnModuleInit } from '@nestjs/common';
import { EventLog } from '../common/log/event-log';
import { Clock } from '../common/time/clock';
import { SECOND_MS } from '../common/time/units';
import { EventBus } from '../events/event-bus';
import { Counts, minuteOf, ThroughputRecords } from './throughput-records.service';

/** How often a process stores its counts. A process that dies loses no more than this. */
export const WRITE_EVERY_MS = 10 * SECOND_MS;

const NOTHING: Counts = { accepted: 0, ended: 0, failed: 0 };

/**
 * Counts what this process accepts and ends, and adds it to the cluster's counts: a small write every ten seconds,
 * whatever the load. An idle process writes zeros, because a missing count means unknown.
 */
@Injectable()
export class ThroughputCounter implements OnModuleInit, BeforeApplicationShutdown {
  private readonly log = new EventLog(ThroughputCounter.name);
  /** By minute: counts that are not written yet. */
  private readonly counted = new Map<number, Counts>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly events: EventBus,
    private readonly records: ThroughputRecords,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.events.on('request.accepted', () => this.count({ accepted: 1 }));
    this.events.on('request.ended', ({ status }) => {
      if (status === 'dismissed') return; // it had ended before
      this.count({ ended: 1, failed: status === 'failed' ? 1 : 0 });
    });
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  /** Writes the counts. Those that could not be written, and all after them, are kept for the next time. */
  async write(): Promise<void> {
    this.count(NOTHING);
    for (const minute of [...this.counted.keys()]) {
      const counts = this.counted.get(minute); // by now: more has happened, or another write has taken it
      if (counts === undefined) continue;
      this.counted.delete(minute);
      try {
        await this.records.add(minute, counts);
      } catch (cause) {
        this.log.write('step.failed', { step: 'record what was counted', cause });
        this.count(counts, minute);
        return; // each further try would take as long to fail: a process could not close for it
      }
    }
  }

  private count(more: Partial<Counts>, minute = minuteOf(this.clock.wall())): void {
    const { accepted, ended, failed } = this.counted.get(minute) ?? NOTHING;
    this.counted.set(minute, {
      accepted: accepted + (more.accepted ?? 0),
      ended: ended + (more.ended ?? 0),
      failed: failed + (more.failed ?? 0),
    });
  }
}
