import { ApiProperty } from '@nestjs/swagger';
import { ProblemDto } from '../common/errors/problem.dto';

/** The answer of `GET /health/live`. */
export class LiveDto {
  /** Always `ok`. */
  @ApiProperty({ example: 'ok' })
  status: string;
}

/** The answer of `GET /health/ready`. */
export class ReadyDto {
  /** `ok`, or `degraded` while some shards take no requests and their users get 503. */
  @ApiProperty({ enum: ['ok', 'degraded'], example: 'ok' })
  status: string;

  /** The parts that are up or degraded, by name: `process`, `mongodb`, `redis`, `queues`. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { redis: { status: 'up' } } })
  info: object;

  /** The parts that are down: always empty. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: {} })
  error: object;

  /** All parts. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { redis: { status: 'up' } } })
  details: object;
}

/** The answer of `GET /health/ready` while a part is down. */
export class NotReadyDto extends ProblemDto {
  /** The parts that are up, by name. */
  @ApiProperty({ type: 'object', additionalProperties: true, example: { mongodb: { status: 'up' } } })
  info: object;

  /** The parts that are down, with the reasons; the log has the drivers' messages. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { redis: { status: 'down', message: 'away' } },
  })
  error: object;

  /** All parts. */
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { redis: { status: 'down', message: 'away' } },
  })
  details: object;
}
