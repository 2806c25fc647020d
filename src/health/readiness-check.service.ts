import { Injectable } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import type { Store } from '../common/log/cause';
import { EventLog } from '../common/log/event-log';
import { SECOND_MS } from '../common/time/units';
import { Readiness } from '../events/readiness';
import { MongoHealth } from './mongo.health';
import { ProcessHealth } from './process.health';
import { QueuesHealth } from './queues.health';
import { RedisHealth } from './redis.health';

/** The parts without which this process cannot serve. */
@Injectable()
export class ReadinessCheck extends Readiness {
  private readonly log = new EventLog('Health');
  private looking: Promise<HealthIndicatorResult[]> | undefined;
  private told = '';
  private wasReady = false;

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
    this.tell(parts);
    return this.health.check([() => this.process.check(), ...parts.map((part) => () => part)]);
  }

  async isReady(): Promise<boolean> {
    return this.check().then(
      () => true,
      () => false,
    );
  }

  storeSeconds(): ReadonlyMap<Store, number> {
    const looks = [
      ['MongoDB', this.mongo.failures.tookMs],
      ['Redis', this.redis.failures.tookMs],
    ] as const;
    return new Map(looks.flatMap(([store, ms]) => (ms === undefined ? [] : [[store, ms / SECOND_MS]])));
  }

  /** A line for each change. Not to be ready is a warning once the process was: a start takes a moment. */
  private tell(parts: readonly HealthIndicatorResult[]): void {
    const named = (wanted: string) =>
      parts.flatMap((part) => Object.keys(part).filter((name) => part[name]!.status === wanted)).join(', ');
    const [down, degraded] = [named('down'), named('degraded')];
    const state = `${down};${degraded}`;
    if (state === this.told) return;
    this.told = state;
    if (down) this.log.write(this.wasReady ? 'process.not_ready' : 'process.starting', { parts: down });
    else if (degraded) this.log.write('process.degraded', { parts: degraded });
    else this.log.write('process.ready', {});
    this.wasReady ||= !down;
  }

  /**
   * One check at a time, shared by all callers meanwhile: the route is public, and a check costs the stores some
   * calls.
   */
  private look(): Promise<HealthIndicatorResult[]> {
    const look = () => Promise.all([this.mongo.check(), this.redis.check(), this.queues.check()]);
    this.looking ??= look().finally(() => (this.looking = undefined));
    return this.looking;
  }
}
