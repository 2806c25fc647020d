import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccessCheck } from '../auth/guards/access-check';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import { payerOf, type AuthenticatedUser } from '../auth/access/authenticated-user';
import { ForPortal } from '../auth/guards/for-portal.decorator';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { unauthorized } from '../auth/guards/refusals';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { LongCalls } from '../auth/throttle/long-calls';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { BulkDto, BulkResultDto } from './bulk.dto';
import { BulkService } from './bulk.service';
import { CancelService } from './cancel.service';
import { ClientGone, clientGone } from '../common/flow/client-gone.decorator';
import { GetRequestQueryDto, ListRequestsDto } from './list-requests.dto';
import { DataErasure } from './data-erasure.service';
import { RetryService } from './retry.service';
import { RequestReader } from './request-reader.service';
import { RequestWaiter } from './request-waiter.service';
import { RequestDto, RequestPageDto } from './request.dto';
import { ResendService } from './resend.service';

const ID = { name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' };

@ApiTags('Requests')
@Authenticated()
@ForPortal()
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly reader: RequestReader,
    private readonly waiter: RequestWaiter,
    private readonly longCalls: LongCalls,
    private readonly cancelling: CancelService,
    private readonly retries: RetryService,
    private readonly resending: ResendService,
    private readonly bulk: BulkService,
    private readonly dataErasure: DataErasure,
    private readonly access: AccessCheck,
  ) {}

  /** Lists the caller's requests. */
  @Get()
  @RequireScope('read')
  @ApiOperation({
    operationId: 'listRequests',
    summary: 'List your requests, newest first unless `order` says otherwise',
  })
  @ApiOkResponse({ type: RequestPageDto, description: 'A page of requests' })
  @ApiProblems('invalid_cursor')
  async list(
    @CurrentUser() user: AuthenticatedUser,
    @Query() query: ListRequestsDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<RequestPageDto> {
    return this.reader.list(user, query, gone);
  }

  /** Reads one request of the caller. */
  @Get(':id')
  @RequireScope('read')
  @ApiOperation({ operationId: 'getRequest', summary: 'Get a request, optionally waiting until it ends' })
  @ApiParam(ID)
  @ApiOkResponse({ type: RequestDto, description: 'The request' })
  @ApiProblems('not_found', 'rate_limited')
  async get(
    @CurrentUser() user: AuthenticatedUser,
    @Param('id') id: string,
    @Query() { wait }: GetRequestQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestDto> {
    const { userId } = user;
    const payer = payerOf(user);
    const gone = () => clientGone(reply);
    if (wait !== undefined && (await this.reader.isPending(userId, id))) {
      await this.longCalls.during(payer, reply, () => this.waiter.untilEnded(id, wait, gone()));
      // It may have waited for a minute, in which its session or key may have ended.
      if (!(await this.access.stillStands(user, 'read'))) throw unauthorized();
    }
    return this.reader.getInTurn(user, id, gone);
  }

  /** Cancels one request of the caller. */
  @Post(':id/cancel')
  @HttpCode(200)
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'cancelRequest',
    summary: 'Cancel a request',
    description:
      'A waiting request never runs. A running request is cancelled at once and its handler is told to ' +
      'stop; the next request starts when that handler has really ended, and the attempt is recorded then. ' +
      'Safe to repeat.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: RequestDto, description: 'The cancelled request' })
  @ApiProblems('not_found', 'already_finished')
  async cancel(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.cancelling.cancel(user.userId, id);
    return this.reader.get(user, id);
  }

  /** Runs a failed request of the caller again, or ends its backoff. */
  @Post(':id/retry')
  @HttpCode(200)
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'retryRequest',
    summary: 'Retry a failed request',
    description:
      'The request returns to its old place (`seq`), so it runs next, once the running request has finished. It may use all its attempts again, counted from 1.\n\n' +
      'A request that is `retrying` does not wait any longer: its next attempt starts now, unless the queue is paused, halted or limited. It counts as usual.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: RequestDto, description: 'The request, queued again' })
  @ApiProblems('not_found', 'not_failed', 'data_erased')
  async retry(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.retries.retry(user.userId, id);
    return this.reader.get(user, id);
  }

  /** Dismisses a failed request of the caller. */
  @Post(':id/dismiss')
  @HttpCode(200)
  @RequireScope('manage')
  @ApiOperation({ operationId: 'dismissRequest', summary: 'Dismiss a failed request permanently' })
  @ApiParam(ID)
  @ApiOkResponse({ type: RequestDto, description: 'The dismissed request' })
  @ApiProblems('not_found', 'not_failed')
  async dismiss(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.retries.dismiss(user.userId, id);
    return this.reader.get(user, id);
  }

  /** Resends the callback of one request of the caller. */
  @Post(':id/callback/resend')
  @HttpCode(200)
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'resendCallback',
    summary: 'Resend the callback',
    description:
      'Sends the callback again at once, with the same `webhook-id` and a full set of attempts, whether it ' +
      'had failed or was delivered. A callback that is still being sent is left alone.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: RequestDto, description: 'The request, whose callback is being sent' })
  @ApiProblems('not_found', 'no_callback')
  async resendCallback(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.resending.resend(user.userId, id);
    return this.reader.get(user, id);
  }

  /** Erases the content of one ended request of the caller. */
  @Delete(':id/data')
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'eraseRequestData',
    summary: 'Erase the data of a request that has ended',
    description:
      'Erases the payload, the result, error messages and details, and the logs and responses of its ' +
      'attempts. Its place in the order, times, status and attempts stay. The request can no longer be ' +
      'retried. Safe to repeat.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: RequestDto, description: 'The request without its data' })
  @ApiProblems('not_found', 'not_finished')
  async eraseData(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.dataErasure.erase(user.userId, id);
    return this.reader.get(user, id);
  }

  /** Cancels all matching requests of the caller. */
  @Post('cancel')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'cancelRequests',
    summary: 'Cancel all your matching requests',
    description: 'Cancels waiting requests and the running one.',
  })
  @ApiOkResponse({ type: BulkResultDto, description: 'The number of requests' })
  async cancelRequests(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Body() { filter, preview }: BulkDto,
  ): Promise<BulkResultDto> {
    return { count: await this.bulk.cancel(userId, filter, preview) };
  }

  /** Retries all matching failed requests of the caller. */
  @Post('retry')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryRequests',
    summary: 'Retry all your matching failed requests',
    description: 'They run in the order of their `seq`.',
  })
  @ApiOkResponse({ type: BulkResultDto, description: 'The number of requests' })
  async retryRequests(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Body() { filter, preview }: BulkDto,
  ): Promise<BulkResultDto> {
    return { count: await this.bulk.retry(userId, filter, preview) };
  }

  /** Dismisses all matching failed requests of the caller. */
  @Post('dismiss')
  @RequireScope('manage')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'dismissRequests',
    summary: 'Dismiss all your matching failed requests permanently',
    description: 'They will not be retried, and no longer halt the queue.',
  })
  @ApiOkResponse({ type: BulkResultDto, description: 'The number of requests' })
  async dismissRequests(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Body() { filter, preview }: BulkDto,
  ): Promise<BulkResultDto> {
    return { count: await this.bulk.dismiss(userId, filter, preview) };
  }
}
