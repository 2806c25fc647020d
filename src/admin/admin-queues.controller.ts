import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/guards/admin-only.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { Problem } from '../common/errors/problem';
import { BullReader } from '../queue/bull-reader.service';
import { ControlService } from '../user-queue/control/control.service';
import { PurgeService } from '../user-queue/control/purge.service';
import { QueueReader } from '../user-queue/queue-reader.service';
import { PurgedDto, QueueDto } from '../user-queue/queue.dto';
import type { QueueChange } from '../journal/queue-records.service';
import { UserSearch } from '../users/user-search';
import { AdminQueueDto } from './admin-queue.dto';
import { LimitsDto } from './limits.dto';

const ID = { name: 'id', description: 'The id of the user', example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' };

/** What admins see of a user's queue, and decide about it. */
@ApiTags('Admin')
@AdminOnly()
@Controller('admin/users/:id')
export class AdminQueuesController {
  constructor(
    private readonly users: UserSearch,
    private readonly reader: QueueReader,
    private readonly registry: BullReader,
    private readonly control: ControlService,
    private readonly purges: PurgeService,
  ) {}

  /** Shows a user's queue. */
  @Get('queue')
  @ApiOperation({ operationId: 'getUserQueue', summary: "Read a user's queue" })
  @ApiParam(ID)
  @ApiOkResponse({ type: AdminQueueDto, description: 'The queue at this moment' })
  @ApiProblems('not_found')
  async get(@Param('id') id: string): Promise<AdminQueueDto> {
    await this.mustExist(id);
    const queue = await this.reader.read(id); // Bull would wait for a Redis that is away
    return { ...queue, bull: await this.registry.read(id) };
  }

  /** Pauses a user's queue. */
  @Post('queue/pause')
  @HttpCode(200)
  @ApiOperation({ operationId: 'pauseUserQueue', summary: "Pause a user's queue" })
  @ApiParam(ID)
  @ApiOkResponse({ type: QueueDto, description: 'The queue, paused' })
  @ApiProblems('not_found')
  async pause(@Param('id') id: string): Promise<QueueDto> {
    return this.change(id, { paused: true });
  }

  /** Resumes a user's queue. */
  @Post('queue/resume')
  @HttpCode(200)
  @ApiOperation({ operationId: 'resumeUserQueue', summary: "Resume a user's queue" })
  @ApiParam(ID)
  @ApiOkResponse({ type: QueueDto, description: 'The queue, not paused any more' })
  @ApiProblems('not_found')
  async resume(@Param('id') id: string): Promise<QueueDto> {
    return this.change(id, { paused: false });
  }

  /** Cancels all that waits in a user's queue. */
  @Delete('queue/requests')
  @ApiOperation({ operationId: 'purgeUserQueue', summary: "Cancel all that waits in a user's queue" })
  @ApiParam(ID)
  @ApiOkResponse({ type: PurgedDto, description: 'How many were cancelled' })
  @ApiProblems('not_found')
  async purge(@Param('id') id: string): Promise<PurgedDto> {
    await this.mustExist(id);
    return { cancelled: await this.purges.purge(id) };
  }

  /** Limits a user's queue. */
  @Put('limits')
  @ApiOperation({
    operationId: 'limitUser',
    summary: "Limit the depth of a user's queue, and how often it starts",
    description: 'What is left out stays as it is; `null` takes it back to what everybody has.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: QueueDto, description: 'The queue, with its limits' })
  @ApiProblems('not_found')
  async limit(@Param('id') id: string, @Body() { maxDepth, rate }: LimitsDto): Promise<QueueDto> {
    return this.change(id, {
      ...(maxDepth === undefined ? {} : { maxDepth }),
      ...(rate === undefined ? {} : { rate: rate && { limit: rate.limit, perMs: rate.perMs } }),
    });
  }

  private async change(id: string, change: QueueChange): Promise<QueueDto> {
    await this.mustExist(id);
    await this.control.change(id, change);
    return this.reader.read(id);
  }

  private async mustExist(id: string): Promise<void> {
    if (!(await this.users.has(id))) throw new Problem('not_found', 'There is no user with this id.');
  }
}
