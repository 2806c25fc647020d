import { Injectable } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import { Readiness } from '../events/readiness';
import { MongoHealth } from './mongo.health';
import { ProcessHealth } from './process.health';
import { QueuesHealth } from './queues.health';
import { RedisHealth } from './redis.health';

/** The parts without which this process cannot serve. */
@Injectable()
export class ReadinessCheck extends Readiness {
  private looking: Promise<HealthIndicatorResult[]> | undefined;

  constructor(
    private readonly health: HealthCheckService,
    private readonly process: ProcessHealth,
    private readonly mongo: MongoHealth,
    private readonly redis: RedisHealth,
    private readonly queues: QueuesHealth,
  ) {
    super();
  }

  /** @throws ServiceUnavailableException with the parts that are not up */
  async check(): Promise<HealthCheckResult> {
    const parts = await this.look();
    return this.health.check([() => this.process.check(), ...parts.map((part) => () => part)]);
  }

  async isReady(): Promise<boolean> {
    return this.check().then(
      () => true,
      () => false,
    );
  }

  /** One look at a time, shared by all who ask meanwhile: anybody may ask, and it costs the stores some calls. */
  private look(): Promise<HealthIndicatorResult[]> {
    const look = () => Promise.all([this.mongo.check(), this.redis.check(), this.queues.check()]);
    this.looking ??= look().finally(() => (this.looking = undefined));
    return this.looking;
  }
}
