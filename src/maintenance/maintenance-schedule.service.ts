import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import Bull from 'bull';
import { Clock } from '../common/clock';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../common/time';
import { MAINTENANCE, MAINTENANCE_JOBS } from './maintenance-jobs';

/**
 * Adds each job once a time slot: every worker process adds it every minute, and the job's id, its name and slot,
 * makes it one. Bull's own repeatable jobs would vanish for good with a flush of Redis.
 */
@Injectable()
export class MaintenanceSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(MaintenanceSchedule.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectQueue(MAINTENANCE) private readonly queue: Bull.Queue,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runOnce(), MINUTE_MS);
    void this.runOnce();
  }

  /** Safe to call twice, and before the start. */
  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Adds the jobs of the slots that are now. */
  async runOnce(): Promise<void> {
    for (const [name, everyMs] of Object.entries(MAINTENANCE_JOBS)) {
      const slot = Math.floor(this.clock.wall() / everyMs);
      try {
        // An ended job is kept as long as its slot lasts, or it would be added again.
        const keep = { age: (everyMs + HOUR_MS) / SECOND_MS };
        await this.queue.add(
          name,
          {},
          { jobId: `${name}:${slot}`, removeOnComplete: keep, removeOnFail: keep },
        );
      } catch (error) {
        this.log.debug(`${name} could not be added, and will be in a minute: ${String(error)}`);
      }
    }
  }
}
