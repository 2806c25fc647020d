import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../auth/guards/admin-only.decorator';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { WRITE_EVERY_MS } from '../../throughput/throughput-counter.service';
import { minuteOf, ThroughputRecords } from '../../throughput/throughput-records.service';
import { DEFAULT_MINUTES, ThroughputDto, ThroughputQueryDto } from './throughput.dto';

/** How long after its end a minute is whole: every process has written by then. */
const WHOLE_AFTER_MS = WRITE_EVERY_MS + 2 * SECOND_MS;

@ApiTags('Admin')
@AdminOnly()
@Controller('admin/throughput')
export class ThroughputController {
  constructor(
    private readonly records: ThroughputRecords,
    private readonly clock: Clock,
  ) {}

  /** Shows what the service did, minute by minute. */
  @Get()
  @ApiOperation({
    operationId: 'getThroughput',
    summary: 'Get the number of requests accepted, ended and failed per minute',
  })
  @ApiOkResponse({ type: ThroughputDto, description: 'The minutes' })
  async get(@Query() { minutes = DEFAULT_MINUTES }: ThroughputQueryDto): Promise<ThroughputDto> {
    const whole = minuteOf(this.clock.wall() - WHOLE_AFTER_MS);
    const read = await this.records.read(whole, minutes);
    return {
      items: read.map(({ at, counts }) => ({
        at,
        accepted: counts?.accepted ?? null,
        ended: counts?.ended ?? null,
        failed: counts?.failed ?? null,
      })),
    };
  }
}
