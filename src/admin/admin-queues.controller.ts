import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/guards/admin-only.decorator';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { BullReader } from '../queue/bull-reader.service';
import { PurgeService } from '../user-queue/control/purge.service';
import { QueueChanges } from '../user-queue/queue-changes.service';
import { QueueReader } from '../user-queue/queue-reader.service';
import { PurgedDto, QueueDto } from '../user-queue/queue.dto';
import { AdminQueueDto } from './admin-queue.dto';
import { LimitsDto } from './limits.dto';
import { USER_PARAM, UserIdPipe } from './user-id.pipe';

/** What admins see of a user's queue, and decide about it. */
@ApiTags('Admin')
@AdminOnly()
@Controller('admin/users/:id')
export class AdminQueuesController {
  constructor(
    private readonly reader: QueueReader,
    private readonly bullReader: BullReader,
    private readonly changes: QueueChanges,
    private readonly purges: PurgeService,
  ) {}

  /** Shows a user's queue. */
  @Get('queue')
  @ApiOperation({ operationId: 'getUserQueue', summary: "Get a user's queue" })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: AdminQueueDto, description: 'The current state of the queue' })
  @ApiProblems('not_found')
  async get(@Param('id', UserIdPipe) id: string): Promise<AdminQueueDto> {
    const queue = await this.reader.read(id); // Bull would wait for a Redis that is away
    return { ...queue, bull: await this.bullReader.read(id) };
  }

  /** Pauses a user's queue. */
  @Post('queue/pause')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'pauseUserQueue',
    summary: "Pause a user's queue",
    description:
      'Independent of the pause by the user, who cannot lift this one. The running request finishes; nothing else starts.',
  })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: QueueDto, description: 'The paused queue' })
  @ApiProblems('not_found')
  async pause(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Param('id', UserIdPipe) id: string,
  ): Promise<QueueDto> {
    return this.changes.change(id, { adminPause: credential.accountId });
  }

  /** Resumes a user's queue. */
  @Post('queue/resume')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resumeUserQueue',
    summary: "Resume a user's queue",
    description:
      'Lifts every pause, by an admin or by the user. 200 means that nothing stops the queue. If a failed ' +
      'request halts the queue, the answer is 409 `queue_stopped` and names the request.',
  })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: QueueDto, description: 'The resumed queue' })
  @ApiProblems('not_found', 'queue_stopped')
  async resume(@Param('id', UserIdPipe) id: string): Promise<QueueDto> {
    return this.changes.resume(id, { paused: false, adminPause: null });
  }

  /** Cancels all that waits in a user's queue. */
  @Delete('queue/requests')
  @ApiOperation({ operationId: 'purgeUserQueue', summary: "Cancel everything waiting in a user's queue" })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: PurgedDto, description: 'The number of cancelled requests' })
  @ApiProblems('not_found')
  async purge(@Param('id', UserIdPipe) id: string): Promise<PurgedDto> {
    return { cancelled: await this.purges.purge(id) };
  }

  /** Limits a user's queue. */
  @Put('limits')
  @ApiOperation({
    operationId: 'limitUser',
    summary: "Limit the depth and the start rate of a user's queue",
    description: 'Omitted fields are unchanged; `null` restores the default.',
  })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: QueueDto, description: 'The queue with its limits' })
  @ApiProblems('not_found')
  async limit(@Param('id', UserIdPipe) id: string, @Body() { maxDepth, rate }: LimitsDto): Promise<QueueDto> {
    return this.changes.change(id, {
      ...(maxDepth === undefined ? {} : { maxDepth }),
      ...(rate === undefined ? {} : { rate: rate && { limit: rate.limit, perMs: rate.perMs } }),
    });
  }
}
