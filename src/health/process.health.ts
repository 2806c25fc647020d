import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { Shutdown } from '../common/process/shutdown';

/** A leaving process is not ready, even if its stores are. */
@Injectable()
export class ProcessHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly shutdown: Shutdown,
  ) {}

  check(): HealthIndicatorResult<'process'> {
    const process = this.indicators.check('process');
    return this.shutdown.isLeaving ? process.down('shutting down') : process.up();
  }
}
