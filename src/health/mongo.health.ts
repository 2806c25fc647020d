import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt } from '@nestjs/terminus';
import { Connection } from 'mongoose';
import { Clock } from '../common/time/clock';
import { serverTime } from '../stores/mongo/server-time';
import { FailureLog } from './failure-log';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/** Whether MongoDB's primary answers: accepting and recording need it. */
@Injectable()
export class MongoHealth {
  readonly failures = new FailureLog('MongoDB');
  /** This machine's clock minus MongoDB's, ms; wrong by at most the time of the check. undefined if it failed. */
  skewMs: number | undefined;

  constructor(
    private readonly indicators: HealthIndicatorService,
    @InjectConnection() private readonly connection: Connection,
    private readonly clock: Clock,
  ) {}

  check(): HealthCheckAttempt<'mongodb'> {
    return this.indicators
      .check('mongodb')
      .attempt(() => this.failures.watch(() => this.ping(), 'no primary answers; the log says why'))
      .withTimeout(HEALTH_TIMEOUT_MS);
  }

  private async ping(): Promise<void> {
    this.skewMs = undefined;
    const sentAt = this.clock.wall();
    const theirs = await serverTime(this.connection, HEALTH_TIMEOUT_MS);
    this.skewMs = (sentAt + this.clock.wall()) / 2 - theirs;
  }
}
