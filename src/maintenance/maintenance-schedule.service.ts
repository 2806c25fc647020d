import { setTimeout as delay } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bull';
import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import Bull from 'bull';
import { EventLog } from '../common/log/event-log';
import { Clock } from '../common/time/clock';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../common/time/units';
import { MAINTENANCE, MAINTENANCE_JOBS } from './maintenance-jobs';

const CLOSE_MS = 2 * SECOND_MS;

/**
 * Adds each job once per time slot. Every worker process adds it every minute; the job's id, made of its name and slot,
 * makes it unique. Bull's own repeatable jobs would be lost permanently if Redis is flushed.
 */
@Injectable()
export class MaintenanceSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new EventLog(MaintenanceSchedule.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectQueue(MAINTENANCE) private readonly queue: Bull.Queue,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runOnce(), MINUTE_MS);
    void this.runOnce();
  }

  /**
   * Safe to call twice, and before the start. Bull may wait forever for a blocking call whose server was lost, so its
   * close has a time limit, here and not in a hook that Nest would await. A job that is cut short runs again.
   */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    Object.assign(this.queue, { onApplicationShutdown: undefined });
    const closed = this.queue.close(true).catch(() => undefined);
    await Promise.race([closed, delay(CLOSE_MS, undefined, { ref: false })]);
  }

  /** Adds the jobs of the current slots. */
  async runOnce(): Promise<void> {
    for (const [name, everyMs] of Object.entries(MAINTENANCE_JOBS)) {
      const slot = Math.floor(this.clock.wall() / everyMs);
      try {
        // An ended job is kept as long as its slot lasts, otherwise it would be added again.
        const keep = { age: (everyMs + HOUR_MS) / SECOND_MS };
        await this.queue.add(
          name,
          {},
          { jobId: `${name}:${slot}`, removeOnComplete: keep, removeOnFail: keep },
        );
      } catch (cause) {
        this.log.write('step.failed', { step: 'schedule maintenance', cause });
      }
    }
  }
}
