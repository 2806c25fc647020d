import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AccessCheck } from '../auth/guards/access-check';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import { payerOf, type AuthenticatedUser } from '../auth/access/authenticated-user';
import { ForPortal } from '../auth/guards/for-portal.decorator';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { unauthorized } from '../auth/guards/refusals';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { CostlyCalls } from '../auth/throttle/costly-calls';
import { LongCalls } from '../auth/throttle/long-calls';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { BulkDto, BulkResultDto } from './bulk.dto';
import { BulkService } from './bulk.service';
import { CancelService } from './cancel.service';
import { ClientGone } from '../common/flow/client-gone.decorator';
import { GetRequestQueryDto, ListRequestsDto } from './list-requests.dto';
import { DataErasure } from './data-erasure.service';
import { RetryService } from './retry.service';
import { RequestReader } from './request-reader.service';
import { RequestWaiter } from './request-waiter.service';
import { RequestDto, RequestPageDto } from './request.dto';
import { ResendService } from './resend.service';

@ApiTags('Requests')
@Authenticated()
@ForPortal()
@Controller('requests')
export class RequestsController {
  constructor(
    private readonly reader: RequestReader,
    private readonly waiter: RequestWaiter,
    private readonly costly: CostlyCalls,
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
    const list = () => this.reader.list(user.userId, query);
    // A search waits for MongoDB, not for this process, and has bounds of its own.
    return query.q === undefined ? this.costly.inTurn(payerOf(user), gone, list) : list();
  }

  /** Reads one request of the caller. */
  @Get(':id')
  @RequireScope('read')
  @ApiOperation({ operationId: 'getRequest', summary: 'Get a request, optionally waiting until it ends' })
  @ApiParam({ name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  @ApiOkResponse({ type: RequestDto, description: 'The request' })
  @ApiProblems('not_found', 'rate_limited')
  async get(
    @CurrentUser() user: AuthenticatedUser,
    @Param('id') id: string,
    @Query() { wait }: GetRequestQueryDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<RequestDto> {
    const { userId } = user;
    if (wait !== undefined && (await this.reader.isPending(userId, id))) {
      await this.longCalls.during(payerOf(user), () => this.waiter.untilEnded(id, wait, gone));
      // It may have waited for a minute, in which its session or key may have ended.
      if (!(await this.access.stillStands(user, 'read'))) throw unauthorized();
    }
    return this.reader.get(userId, id);
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
  @ApiParam({ name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  @ApiOkResponse({ type: RequestDto, description: 'The cancelled request' })
  @ApiProblems('not_found', 'already_finished')
  async cancel(@CurrentUser() { userId }: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.cancelling.cancel(userId, id);
    return this.reader.get(userId, id);
  }

  /** Runs a failed request of the caller again. */
  @Post(':id/retry')
  @HttpCode(200)
  @RequireScope('manage')
  @ApiOperation({
    operationId: 'retryRequest',
    summary: 'Retry a failed request',
    description:
      'The request returns to its old place (`seq`), so it runs next, once the running request has finished. It may use all its attempts again, counted from 1.',
  })
  @ApiParam({ name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  @ApiOkResponse({ type: RequestDto, description: 'The request, queued again' })
  @ApiProblems('not_found', 'not_failed', 'data_erased')
  async retry(@CurrentUser() { userId }: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.retries.retry(userId, id);
    return this.reader.get(userId, id);
  }

  /** Dismisses a failed request of the caller. */
  @Post(':id/dismiss')
  @HttpCode(200)
  @RequireScope('manage')
  @ApiOperation({ operationId: 'dismissRequest', summary: 'Dismiss a failed request permanently' })
  @ApiParam({ name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  @ApiOkResponse({ type: RequestDto, description: 'The dismissed request' })
  @ApiProblems('not_found', 'not_failed')
  async dismiss(@CurrentUser() { userId }: AuthenticatedUser, @Param('id') id: string): Promise<RequestDto> {
    await this.retries.dismiss(userId, id);
    return this.reader.get(userId, id);
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
  @ApiParam({ name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  @ApiOkResponse({ type: RequestDto, description: 'The request, whose callback is being sent' })
  @ApiProblems('not_found', 'no_callback')
  async resendCallback(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Param('id') id: string,
  ): Promise<RequestDto> {
    await this.resending.resend(userId, id);
    return this.reader.get(userId, id);
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
  @ApiParam({ name: 'id', description: "The request's id", example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11' })
  @ApiOkResponse({ type: RequestDto, description: 'The request without its data' })
  @ApiProblems('not_found', 'not_finished')
  async eraseData(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Param('id') id: string,
  ): Promise<RequestDto> {
    await this.dataErasure.erase(userId, id);
    return this.reader.get(userId, id);
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
