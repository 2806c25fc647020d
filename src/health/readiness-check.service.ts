import { Injectable } from '@nestjs/common';
import { HealthCheckService } from '@nestjs/terminus';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import type { Store } from '../common/log/cause';
import { EventLog } from '../common/log/event-log';
import { SECOND_MS } from '../common/time/units';
import { Readiness, RedisMemory } from '../events/readiness';
import { MongoHealth } from './mongo.health';
import { ProcessHealth } from './process.health';
import { QueuesHealth } from './queues.health';
import { RedisHealth } from './redis.health';

/** Checks the parts that this process needs to serve. */
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

  /** @throws ServiceUnavailableException with the parts that are down */
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

  redisMemory(): RedisMemory | undefined {
    return this.redis.memory;
  }

  clockSkewSeconds(): number | undefined {
    return this.mongo.skewMs === undefined ? undefined : this.mongo.skewMs / SECOND_MS;
  }

  /** Logs each change. "Not ready" is a warning only after the process was ready once: a start takes a moment. */
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
   * Runs one check at a time, shared by all callers that arrive meanwhile: the route is public, and a check costs the
   * stores some calls.
   */
  private look(): Promise<HealthIndicatorResult[]> {
    const look = () => Promise.all([this.mongo.check(), this.redis.check(), this.queues.check()]);
    this.looking ??= look().finally(() => (this.looking = undefined));
    return this.looking;
  }
}
