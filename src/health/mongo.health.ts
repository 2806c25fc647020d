import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt } from '@nestjs/terminus';
import { Connection } from 'mongoose';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/** MongoDB's primary answers: accepting and recording need it. */
@Injectable()
export class MongoHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @InjectConnection() private readonly connection: Connection,
  ) {}

  check(): HealthCheckAttempt<'mongodb'> {
    return this.indicators
      .check('mongodb')
      .attempt(async () => {
        await this.connection.db?.command(
          { ping: 1 },
          { readPreference: 'primary', timeoutMS: HEALTH_TIMEOUT_MS },
        );
      })
      .withTimeout(HEALTH_TIMEOUT_MS);
  }
}
