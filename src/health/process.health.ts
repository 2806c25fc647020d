import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { HealthIndicatorResult } from '@nestjs/terminus';
import { Shutdown } from '../common/process/shutdown';

/** On its way out a process is not ready, however well its stores are. */
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
