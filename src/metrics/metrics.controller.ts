import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClusterReader } from './cluster-reader.service';
import { MetricsGuard } from './metrics.guard';
import { MetricsRegistry } from './metrics.registry';

@ApiExcludeController()
@UseGuards(MetricsGuard)
@Controller()
export class MetricsController {
  constructor(
    private readonly registry: MetricsRegistry,
    private readonly cluster: ClusterReader,
  ) {}

  /** This process's metrics in Prometheus' text format. */
  @Get()
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    await this.cluster.refresh();
    void reply.header('content-type', this.registry.contentType);
    return this.registry.metrics();
  }
}
