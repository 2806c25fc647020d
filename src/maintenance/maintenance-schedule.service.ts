import { InjectQueue } from '@nestjs/bull';
import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import Bull from 'bull';
import type { Connection } from 'mongoose';
import { eachInTurn } from '../common/flow/each-in-turn';
import { inTime } from '../common/flow/in-time';
import { EventLog } from '../common/log/event-log';
import { MINUTE_MS, SECOND_MS } from '../common/time/units';
import { serverTime } from '../stores/mongo/server-time';
import { MAINTENANCE, MAINTENANCE_JOBS } from './maintenance-jobs';

const CLOSE_MS = 2 * SECOND_MS;

/**
 * Adds each job once per time slot. Every worker process adds it every minute; the job's id, made of its name and slot,
 * makes it unique. Bull's own repeatable jobs would be lost permanently if Redis is flushed.
 *
 * The slots are those of MongoDB's clock, which all processes share. An ended job stays until a job of another slot
 * replaces it, so each slot runs once. If it stayed longer, a clock that was set back would come to slots that are taken,
 * and nothing would run until it has caught up. A slot is left out while the job of an earlier one runs: two would read
 * the same documents.
 */
@Injectable()
export class MaintenanceSchedule implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new EventLog(MaintenanceSchedule.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @InjectQueue(MAINTENANCE) private readonly queue: Bull.Queue,
    @InjectConnection() private readonly connection: Connection,
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
    await inTime(this.queue.close(true), CLOSE_MS).catch(() => undefined);
  }

  /** Adds the jobs of the current slots. */
  async runOnce(): Promise<void> {
    try {
      await this.addJobs(await serverTime(this.connection));
    } catch (cause) {
      this.log.write('step.failed', { step: 'schedule maintenance', cause });
    }
  }

  /** Adds the jobs of the slots at this time, ms since 1970. */
  async addJobs(now: number): Promise<void> {
    const open = await this.jobs(['waiting', 'active']);
    await eachInTurn(Object.entries(MAINTENANCE_JOBS), async ([name, everyMs]) => {
      if (open.some((job) => job.name === name)) return;
      const jobId = `${name}:${Math.floor(now / everyMs)}`;
      await this.removeEnded(name, jobId);
      await this.queue.add(name, {}, { jobId });
    });
  }

  /** Removes the ended jobs of a name, except that of the current slot. */
  private async removeEnded(name: string, current: string): Promise<void> {
    const ended = await this.jobs(['completed', 'failed']);
    const old = ended.filter((job) => job.name === name && job.id !== current);
    await Promise.all(old.map((job) => job.remove()));
  }

  private async jobs(states: Bull.JobStatus[]): Promise<Bull.Job[]> {
    const found: (Bull.Job | null)[] = await this.queue.getJobs(states);
    return found.filter((job) => job !== null); // another process may have removed one since its id was read
  }
}
