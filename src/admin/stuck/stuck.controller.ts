import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../auth/guards/admin-only.decorator';
import { MINUTE_MS } from '../../common/time/units';
import { DEFAULT_STUCK_LIMIT, StuckListDto, StuckQueryDto } from './stuck.dto';
import { StuckUsers } from './stuck-users.service';

@ApiTags('Admin')
@AdminOnly()
@Controller('admin/stuck')
export class StuckController {
  constructor(private readonly stuck: StuckUsers) {}

  /** Lists the users whose queue does not move. */
  @Get()
  @ApiOperation({
    operationId: 'listStuck',
    summary: 'Find users whose queue is stuck: who, why, since when, and the cure',
    description:
      'Unknown values are `null`. The work of one call is bounded at any size of installation: for each ' +
      'shard it looks at up to 1,000 users who are being served, at 500 per lane who wait for a time, and ' +
      'at `limit` users for each other reason.',
  })
  @ApiOkResponse({ type: StuckListDto, description: 'The users whose queue is stuck' })
  async list(
    @Query() { longerThanMs = MINUTE_MS, limit = DEFAULT_STUCK_LIMIT }: StuckQueryDto,
  ): Promise<StuckListDto> {
    return this.stuck.find(longerThanMs, limit);
  }
}
