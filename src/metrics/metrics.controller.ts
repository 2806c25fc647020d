import { Controller, Get, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { ClusterReader } from './cluster-reader.service';
import { MetricsGuard } from './metrics.guard';
import { MetricsRegistry } from './metrics.registry';

@ApiTags('Operations')
@UseGuards(MetricsGuard)
@Controller()
export class MetricsController {
  constructor(
    private readonly registry: MetricsRegistry,
    private readonly cluster: ClusterReader,
  ) {}

  /** This process's metrics in Prometheus text format. */
  @Get()
  @ApiOperation({
    operationId: 'metrics',
    summary: 'Get the metrics of this process',
  })
  @ApiSecurity('metrics')
  @ApiSecurity({})
  @ApiOkResponse({
    description: 'Prometheus text format',
    content: { 'text/plain': { schema: { type: 'string' }, example: 'turnwise_event_streams 3' } },
  })
  @ApiProblems('unauthorized', 'forbidden')
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    await this.cluster.refresh();
    void reply.header('content-type', this.registry.contentType);
    return this.registry.metrics();
  }
}
