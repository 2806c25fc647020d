import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { ClusterGauges } from '../events/cluster-gauges';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/**
 * This process may act on the queues: what it says is what an enqueue at this moment would find.
 *
 * At the start all shards must be open, so that the first call is not told to wait. Later half of them are enough: a
 * closed shard is closed for every process, and taking all of them out would turn the outage of some users into one of
 * all.
 */
@Injectable()
export class QueuesHealth {
  private hasStarted = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly gauges: ClusterGauges,
  ) {}

  async check(): Promise<HealthIndicatorResult<'queues'>> {
    const queues = this.indicators.check('queues');
    const late = delay(HEALTH_TIMEOUT_MS, undefined, { ref: false });
    const shards = await Promise.race([this.gauges.openShards(), late]);
    if (shards === undefined) return queues.down('the shards do not answer');
    const { isBlind, open, of } = shards;
    if (isBlind) return queues.down('this process cannot see the state of the queues');
    this.hasStarted ||= open === of;
    const part = { message: `${open} of ${of} shards are open` };
    if (open === of) return queues.up();
    return this.hasStarted && open >= of / 2 ? queues.degraded(part) : queues.down(part);
  }
}
