import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckAttempt, HealthIndicatorResult } from '@nestjs/terminus';
import { Shutdown } from '../common/shutdown';
import { ClusterGauges } from '../events/cluster-gauges';
import { HEALTH_TIMEOUT_MS } from './health-timeout';

/**
 * A process that starts is ready when every shard has answered it once, so that its first call is not told to wait;
 * a shard that is rebuilt later concerns its users alone. On its way out it is not ready, however well its stores are.
 */
@Injectable()
export class ProcessHealth {
  private hasStarted = false;

  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly shutdown: Shutdown,
    private readonly gauges: ClusterGauges,
  ) {}

  check(): HealthIndicatorResult<'process'> | HealthCheckAttempt<'process'> {
    const process = this.indicators.check('process');
    if (this.shutdown.hasBegun) return process.down('shutting down');
    if (this.hasStarted) return process.up();
    return process
      .attempt(async () => {
        await this.gauges.read();
        this.hasStarted = true;
      })
      .withTimeout(HEALTH_TIMEOUT_MS);
  }
}
