import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import { AdminOnly } from '../auth/guards/admin-only.decorator';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { WithPreview } from '../auth/guards/with-preview.decorator';
import { ClientGone } from '../common/flow/client-gone.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { BulkDto, BulkResultDto } from '../requests/bulk.dto';
import { BulkService } from '../requests/bulk.service';
import { CancelService } from '../requests/cancel.service';
import { ListRequestsDto } from '../requests/list-requests.dto';
import { RetryService } from '../requests/retry.service';
import { RequestReader } from '../requests/request-reader.service';
import { RequestDto, RequestPageDto } from '../requests/request.dto';
import { USER_PARAM, UserIdPipe } from './user-id.pipe';

const REQUEST = {
  name: 'requestId',
  description: "The request's id",
  example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11',
};

/** What admins see of a user's requests, and decide about them: as the user could. */
@ApiTags('Admin')
@AdminOnly()
@Controller('admin/users/:id/requests')
export class AdminRequestsController {
  constructor(
    private readonly reader: RequestReader,
    private readonly cancelling: CancelService,
    private readonly retries: RetryService,
    private readonly bulk: BulkService,
  ) {}

  /** Lists a user's requests. */
  @Get()
  @ApiOperation({
    operationId: 'listUserRequests',
    summary: "List a user's requests, newest first unless `order` says otherwise",
  })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: RequestPageDto, description: 'A page of requests' })
  @ApiProblems('not_found', 'invalid_cursor')
  async list(
    @CurrentUser() admin: AuthenticatedUser,
    @Param('id', UserIdPipe) userId: string,
    @Query() query: ListRequestsDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<RequestPageDto> {
    return this.reader.list({ ...admin, userId }, query, gone);
  }

  /** Reads one request of a user. */
  @Get(':requestId')
  @ApiOperation({ operationId: 'getUserRequest', summary: "Get a user's request" })
  @ApiParam(USER_PARAM)
  @ApiParam(REQUEST)
  @ApiOkResponse({ type: RequestDto, description: 'The request' })
  @ApiProblems('not_found')
  async get(
    @CurrentUser() admin: AuthenticatedUser,
    @Param('id') userId: string,
    @Param('requestId') requestId: string,
    @ClientGone() gone: AbortSignal,
  ): Promise<RequestDto> {
    return this.reader.getInTurn({ ...admin, userId }, requestId, () => gone);
  }

  /** Cancels one request of a user. */
  @Post(':requestId/cancel')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'cancelUserRequest',
    summary: "Cancel a user's request",
    description: 'Same as `POST /requests/{id}/cancel` for the user: the next request runs. Safe to repeat.',
  })
  @ApiParam(USER_PARAM)
  @ApiParam(REQUEST)
  @ApiOkResponse({ type: RequestDto, description: 'The cancelled request' })
  @ApiProblems('not_found', 'already_finished')
  async cancel(
    @CurrentUser() admin: AuthenticatedUser,
    @Param('id') userId: string,
    @Param('requestId') requestId: string,
  ): Promise<RequestDto> {
    await this.cancelling.cancel(userId, requestId);
    return this.reader.get({ ...admin, userId }, requestId);
  }

  /** Runs a failed request of a user again. */
  @Post(':requestId/retry')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryUserRequest',
    summary: "Retry a user's failed request",
    description:
      'Same as `POST /requests/{id}/retry` for the user. The request no longer halts the queue; one that is `retrying` does not wait any longer.',
  })
  @ApiParam(USER_PARAM)
  @ApiParam(REQUEST)
  @ApiOkResponse({ type: RequestDto, description: 'The request, queued again' })
  @ApiProblems('not_found', 'not_failed', 'data_erased')
  async retry(
    @CurrentUser() admin: AuthenticatedUser,
    @Param('id') userId: string,
    @Param('requestId') requestId: string,
  ): Promise<RequestDto> {
    await this.retries.retry(userId, requestId);
    return this.reader.get({ ...admin, userId }, requestId);
  }

  /** Puts a failed request of a user aside permanently. */
  @Post(':requestId/dismiss')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'dismissUserRequest',
    summary: "Dismiss a user's failed request permanently",
    description: 'Same as `POST /requests/{id}/dismiss` for the user. The request no longer halts the queue.',
  })
  @ApiParam(USER_PARAM)
  @ApiParam(REQUEST)
  @ApiOkResponse({ type: RequestDto, description: 'The dismissed request' })
  @ApiProblems('not_found', 'not_failed')
  async dismiss(
    @CurrentUser() admin: AuthenticatedUser,
    @Param('id') userId: string,
    @Param('requestId') requestId: string,
  ): Promise<RequestDto> {
    await this.retries.dismiss(userId, requestId);
    return this.reader.get({ ...admin, userId }, requestId);
  }

  /** Cancels all requests of a user that match. */
  @Post('cancel')
  @WithPreview()
  @HttpCode(200)
  @ApiOperation({ operationId: 'cancelUserRequests', summary: 'Cancel all matching requests of a user' })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: BulkResultDto, description: 'The number of requests' })
  @ApiProblems('not_found')
  async cancelAll(
    @Param('id', UserIdPipe) userId: string,
    @Body() { filter, preview }: BulkDto,
  ): Promise<BulkResultDto> {
    return { count: await this.bulk.cancel(userId, filter, preview) };
  }

  /** Runs all failed requests of a user that match again. */
  @Post('retry')
  @WithPreview()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'retryUserRequests',
    summary: 'Retry all matching failed requests of a user',
    description: 'They run in the order of their `seq`.',
  })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: BulkResultDto, description: 'The number of requests' })
  @ApiProblems('not_found')
  async retryAll(
    @Param('id', UserIdPipe) userId: string,
    @Body() { filter, preview }: BulkDto,
  ): Promise<BulkResultDto> {
    return { count: await this.bulk.retry(userId, filter, preview) };
  }

  /** Puts all failed requests of a user that match aside permanently. */
  @Post('dismiss')
  @WithPreview()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'dismissUserRequests',
    summary: 'Dismiss all matching failed requests of a user permanently',
  })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: BulkResultDto, description: 'The number of requests' })
  @ApiProblems('not_found')
  async dismissAll(
    @Param('id', UserIdPipe) userId: string,
    @Body() { filter, preview }: BulkDto,
  ): Promise<BulkResultDto> {
    return { count: await this.bulk.dismiss(userId, filter, preview) };
  }
}
