import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../auth/guards/admin-only.decorator';
import { OverviewDto } from './overview.dto';
import { Overview } from './overview.service';

@ApiTags('Admin')
@AdminOnly()
@Controller('admin/overview')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  /** Shows the whole service. */
  @Get()
  @ApiOperation({ operationId: 'getOverview', summary: 'Get the state of the whole service' })
  @ApiOkResponse({ type: OverviewDto, description: 'The current state of the service' })
  async get(): Promise<OverviewDto> {
    return this.overview.read();
  }
}
