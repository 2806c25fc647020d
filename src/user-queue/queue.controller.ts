import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import { payerOf, type AuthenticatedUser } from '../auth/access/authenticated-user';
import { ForPortal } from '../auth/guards/for-portal.decorator';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { CostlyCalls } from '../auth/throttle/costly-calls';
import { AuditDto, AuditQueryDto, DEFAULT_LAST } from './audit/audit.dto';
import { AuditService } from './audit/audit.service';
import { ClientGone } from '../common/flow/client-gone.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { PurgeService } from './control/purge.service';
import { QueueChanges } from './queue-changes.service';
import { QueueReader } from './queue-reader.service';
import { ChangeQueueDto, PurgedDto, QueueDto } from './queue.dto';

@ApiTags('Queue')
@Authenticated()
@ForPortal()
@Controller('queue')
export class QueueController {
  constructor(
    private readonly reader: QueueReader,
    private readonly changes: QueueChanges,
    private readonly purges: PurgeService,
    private readonly auditing: AuditService,
    private readonly costly: CostlyCalls,
  ) {}

  /** Shows the caller's queue. */
  @Get()
  @RequireScope('read')
  @ApiOperation({ operationId: 'getQueue', summary: 'Get your queue' })
  @ApiOkResponse({ type: QueueDto, description: 'The current state of the queue' })
  async get(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    return this.reader.read(userId);
  }

  /** Changes how the caller's queue handles failures. */
  @Patch()
  @RequireScope('manage')
  @ApiOperation({ operationId: 'changeQueue', summary: 'Choose how your queue handles failures' })
  @ApiOkResponse({ type: QueueDto, description: 'The queue with the new policy' })
  async patch(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Body() change: ChangeQueueDto,
  ): Promise<QueueDto> {
    return this.changes.change(userId, { onFailure: change.onFailure });
  }

  /** Pauses the caller's queue. */
  @Post('pause')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'pauseQueue',
    summary: 'Pause your queue',
    description:
      'The running request finishes; nothing else starts, retries included. The queue still accepts requests.',
  })
  @ApiOkResponse({ type: QueueDto, description: 'The paused queue' })
  async pause(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    return this.changes.change(userId, { paused: true });
  }

  /** Resumes the caller's queue. */
  @Post('resume')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'resumeQueue',
    summary: 'Resume your queue',
    description:
      'Lifts your pause. If a failed request halts the queue, or an admin has paused it, the answer is 409 ' +
      '`queue_stopped` and says so: 200 means that nothing stops the queue.',
  })
  @ApiOkResponse({ type: QueueDto, description: 'The resumed queue' })
  @ApiProblems('queue_stopped')
  async resume(@CurrentUser() { userId }: AuthenticatedUser): Promise<QueueDto> {
    return this.changes.resume(userId, { paused: false });
  }

  /** Cancels everything waiting in the caller's queue. */
  @Delete('requests')
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'purgeQueue',
    summary: 'Cancel everything waiting in your queue',
    description: 'Includes scheduled requests and those waiting for a retry. The running request finishes.',
  })
  @ApiOkResponse({ type: PurgedDto, description: 'The number of cancelled requests' })
  async purge(@CurrentUser() { userId }: AuthenticatedUser): Promise<PurgedDto> {
    return { cancelled: await this.purges.purge(userId) };
  }

  /** Checks the caller's latest requests against the promises. */
  @Get('audit')
  @RequireScope('read')
  @ApiOperation({
    operationId: 'auditQueue',
    summary: 'Check your latest requests against the promises',
    description:
      'Checks from the recorded attempts that the requests ran one at a time and in order. A retried ' +
      'request counts by its first start.',
  })
  @ApiOkResponse({ type: AuditDto, description: 'The findings' })
  async audit(
    @CurrentUser() user: AuthenticatedUser,
    @Query() { last = DEFAULT_LAST }: AuditQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<AuditDto> {
    const audit = () => this.auditing.audit(user.userId, last);
    return AuditDto.of(await this.costly.inTurn(payerOf(user), gone, audit));
  }
}
