import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt } from '@nestjs/terminus';
import { Connection } from 'mongoose';
import { FailureLog } from './failure-log';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/** Whether MongoDB's primary answers: accepting and recording need it. */
@Injectable()
export class MongoHealth {
  readonly failures = new FailureLog('MongoDB');

  constructor(
    private readonly indicators: HealthIndicatorService,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  check(): HealthCheckAttempt<'mongodb'> {
    return this.indicators
      .check('mongodb')
      .attempt(() => this.failures.watch(() => this.ping(), 'no primary answers; the log says why'))
      .withTimeout(HEALTH_TIMEOUT_MS);
  }

  private async ping(): Promise<void> {
    const options = { readPreference: 'primary', timeoutMS: HEALTH_TIMEOUT_MS } as const;
    await this.connection.db?.command({ ping: 1 }, options);
  }
}
