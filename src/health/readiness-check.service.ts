import { Injectable } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import type { HealthCheckResult } from '@nestjs/terminus';
import { Readiness } from '../events/readiness';
import { MongoHealth } from './mongo.health';
import { ProcessHealth } from './process.health';
import { RedisHealth } from './redis.health';

/** The parts without which this process cannot serve. */
@Injectable()
export class ReadinessCheck extends Readiness {
  constructor(
    private readonly health: HealthCheckService,
    private readonly process: ProcessHealth,
    private readonly mongo: MongoHealth,
    private readonly redis: RedisHealth,
  ) {
    super();
  }

  /** @throws ServiceUnavailableException with the parts that are not up */
  check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.process.check(),
      () => this.mongo.check(),
      () => this.redis.check(),
    ]);
  }

  async isReady(): Promise<boolean> {
    return this.check().then(
      () => true,
      () => false,
    );
  }
}
