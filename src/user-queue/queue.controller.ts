import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { AuditDto, AuditQueryDto, DEFAULT_LAST } from './audit/audit.dto';
import { AuditService } from './audit/audit.service';
import { ControlService } from './control/control.service';
import { PurgeService } from './control/purge.service';
import { QueueReader } from './queue-reader.service';
import { ChangeQueueDto, PurgedDto, QueueDto } from './queue.dto';
import type { QueueChange } from '../journal/queue-records.service';

@ApiTags('Queue')
@Authenticated()
@Controller('queue')
export class QueueController {
  constructor(
    private readonly reader: QueueReader,
    private readonly control: ControlService,
    private readonly purges: PurgeService,
    private readonly auditing: AuditService,
  ) {}

  /** Shows the caller's queue. */
  @Get()
  @RequireScope('read')
  @ApiOperation({ operationId: 'getQueue', summary: 'Read the own queue' })
  @ApiOkResponse({ type: QueueDto, description: 'The queue at this moment' })
  async get(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    return this.reader.read(userId);
  }

  /** Changes what the caller's queue does about failures. */
  @Patch()
  @RequireScope('manage')
  @ApiOperation({ operationId: 'changeQueue', summary: 'Choose what the own queue does about failures' })
  @ApiOkResponse({ type: QueueDto, description: 'The queue, with the new policy' })
  async patch(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Body() change: ChangeQueueDto,
  ): Promise<QueueDto> {
    return this.change(userId, { onFailure: change.onFailure });
  }

  /** Pauses the caller's queue. */
  @Post('pause')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'pauseQueue',
    summary: 'Pause the own queue',
    description:
      'What is running finishes; nothing else starts, a retry neither. It takes requests all the same.',
  })
  @ApiOkResponse({ type: QueueDto, description: 'The queue, paused' })
  async pause(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    return this.change(userId, { paused: true });
  }

  /** Resumes the caller's queue. */
  @Post('resume')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({ operationId: 'resumeQueue', summary: 'Resume the own queue' })
  @ApiOkResponse({ type: QueueDto, description: 'The queue, not paused any more' })
  async resume(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    return this.change(userId, { paused: false });
  }

  /** Cancels all that waits in the caller's queue. */
  @Delete('requests')
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'purgeQueue',
    summary: 'Cancel all that waits in the own queue',
    description: 'Also what is scheduled, or waits for a retry. What is running finishes.',
  })
  @ApiOkResponse({ type: PurgedDto, description: 'How many were cancelled' })
  async purge(@CurrentUser() { userId }: AuthenticatedUser): Promise<PurgedDto> {
    return { cancelled: await this.purges.purge(userId) };
  }

  /** Checks the caller's latest requests against the promises. */
  @Get('audit')
  @RequireScope('read')
  @ApiOperation({
    operationId: 'auditQueue',
    summary: 'Check the latest own requests against the promises',
    description:
      'One at a time, and in order: judged by what is on record of each attempt. A retry of a failed request ' +
      'counts by its first start.',
  })
  @ApiOkResponse({ type: AuditDto, description: 'What was found' })
  async audit(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Query() { last = DEFAULT_LAST }: AuditQueryDto,
  ): Promise<AuditDto> {
    return AuditDto.of(await this.auditing.audit(userId, last));
  }

  private async change(userId: string, change: QueueChange): Promise<QueueDto> {
    await this.control.change(userId, change);
    return this.reader.read(userId);
  }
}
