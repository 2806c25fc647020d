import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../auth/guards/admin-only.decorator';
import { MINUTE_MS } from '../../common/time/units';
import { StuckListDto, StuckQueryDto } from './stuck.dto';
import { StuckUsers } from './stuck-users.service';

@ApiTags('Admin')
@AdminOnly()
@Controller('admin/stuck')
export class StuckController {
  constructor(private readonly stuck: StuckUsers) {}

  /** Names the users whose queue does not move. */
  @Get()
  @ApiOperation({ operationId: 'listStuck', summary: 'Find users whose queue does not move, and why' })
  @ApiOkResponse({ type: StuckListDto, description: 'Those who wait' })
  async list(@Query() { longerThanMs = MINUTE_MS }: StuckQueryDto): Promise<StuckListDto> {
    return { items: await this.stuck.find(longerThanMs) };
  }
}
