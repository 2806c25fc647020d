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
    summary: 'Find users whose queue does not move: who, why, since when, and what cures it',
    description:
      'What is not known is `null`. A call is bounded, whatever the size of the installation: for each shard it looks ' +
      'at up to 1,000 users who are being served and 500 who wait for a time in each lane, and at `limit` of each other reason.',
  })
  @ApiOkResponse({ type: StuckListDto, description: 'Those whose queue does not move' })
  async list(
    @Query() { longerThanMs = MINUTE_MS, limit = DEFAULT_STUCK_LIMIT }: StuckQueryDto,
  ): Promise<StuckListDto> {
    return this.stuck.find(longerThanMs, limit);
  }
}
