import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { inTime } from '../common/flow/in-time';
import { ClusterGauges } from '../events/cluster-gauges';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/**
 * Whether this process may act on the queues: the result is what an enqueue would find now.
 *
 * At the start all shards must be open, so that the first call does not get a 503. From then on it is enough that half of
 * them take requests: a shard that is closed, or whose node is full, is so for every process, so taking every process out
 * would turn an outage for some users into one for all.
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
    const shards = await inTime(this.gauges.openShards(), HEALTH_TIMEOUT_MS);
    if (shards === undefined) return queues.down('the shards do not answer');
    const { isBlind, open, writable, of } = shards;
    if (isBlind) return queues.down('this process cannot see the state of the queues');
    this.hasStarted ||= open === of;
    const part = { message: `${writable} of ${of} shards take requests` };
    if (writable === of) return queues.up();
    return this.hasStarted && writable >= of / 2 ? queues.degraded(part) : queues.down(part);
  }
}
