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

  /** Calls no store: a restart does not help when a store is unreachable. */
  @Get('live')
  @ApiOperation({ operationId: 'live', summary: 'The process runs' })
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { status: 'ok' };
  }

  /** 503 while a part is down; `error` names those parts, with the reasons. */
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
