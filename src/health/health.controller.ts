import { Controller, Get } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import { PROBLEM_JSON } from '../common/errors/problem-body';
import { LiveDto, NotReadyDto, ReadyDto } from './health.dto';
import { ReadinessCheck } from './readiness-check.service';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  /** Asks no store: a restart does not help against a store that is away. */
  @Get('live')
  @ApiOperation({ operationId: 'live', summary: 'The process runs' })
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { status: 'ok' };
  }

  /** 503 with the parts that are not up, and why, in `error`. */
  @Get('ready')
  @ApiOperation({
    operationId: 'ready',
    summary: 'Whether the process can serve an enqueue now',
  })
  @ApiOkResponse({ type: ReadyDto })
  @ApiExtraModels(NotReadyDto)
  @ApiServiceUnavailableResponse({
    content: { [PROBLEM_JSON]: { schema: { $ref: getSchemaPath(NotReadyDto) } } },
  })
  ready(): Promise<HealthCheckResult> {
    return this.readiness.check();
  }
}
