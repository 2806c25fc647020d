import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccessCheck } from '../../auth/guards/access-check';
import { Authenticated } from '../../auth/guards/authenticated.decorator';
import type { AuthenticatedUser } from '../../auth/access/authenticated-user';
import { CurrentUser } from '../../auth/guards/current-user.decorator';
import { RequireScope } from '../../auth/guards/require-scope.decorator';
import { LongCalls } from '../../auth/throttle/long-calls';
import { clientGone } from '../../common/flow/client-gone.decorator';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { ExactBody, forgetBody, type BodySource } from '../../common/json/body-source.decorator';
import { ClaimedDto, ClaimedListDto } from './claimed.dto';
import { failureOf, type ToldError } from './told-error';
import { ClaimDto, CompleteDto, ExtendDto, ExtendedDto, FailDto, WorkOutcomeDto } from './work.dto';
import { WorkService } from './work.service';

const ID = {
  name: 'id',
  description: 'The id of the request',
  example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11',
};

/** For external workers in any language, with the same promises as for this server's own workers. */
@ApiTags('Work')
@Authenticated()
@RequireScope('work')
@Controller('work')
export class WorkController {
  constructor(
    private readonly work: WorkService,
    private readonly access: AccessCheck,
    private readonly longCalls: LongCalls,
  ) {}

  /** Leases requests to a worker, each of another user. */
  @Post('claim')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'claimWork',
    summary: 'Claim requests of external types',
    description:
      'Answers as soon as a request is available; returns an empty list when the wait is over. Each item ' +
      "belongs to a different user. That user's next request waits until this one ends or its lease " +
      'expires.',
  })
  @ApiOkResponse({ type: ClaimedListDto, description: 'The requests to run now' })
  async claim(
    @CurrentUser() user: AuthenticatedUser,
    @Body() dto: ClaimDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClaimedListDto> {
    forgetBody(reply.request);
    const { credential } = user;
    // It may have waited for a minute, during which its key may have ended.
    const mayHave = () => this.access.stillStands(user, 'work');
    const claim = () => this.work.claim(credential, dto, clientGone(reply), mayHave);
    const given = await (dto.waitMs ? this.longCalls.during(credential.accountId, reply, claim) : claim());
    return { items: given.map((attempt) => ClaimedDto.of(attempt)) };
  }

  /** Extends a lease. */
  @Post(':id/extend')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'extendWork',
    summary: 'Extend a lease; the response says whether cancellation was requested',
    description: 'Safe to repeat.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: ExtendedDto, description: 'The extended lease' })
  @ApiProblems('not_found', 'lease_lost')
  async extend(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Param('id') id: string,
    @Body() { fencingToken, leaseMs }: ExtendDto,
  ): Promise<ExtendedDto> {
    return this.work.extend(id, fencingToken, leaseMs, credential);
  }

  /** Ends an attempt as succeeded. */
  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'completeWork',
    summary: 'Report that an attempt succeeded',
    description: 'After a 5xx or no answer, repeat the call: the outcome is recorded once.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: WorkOutcomeDto, description: 'The state of the request' })
  @ApiProblems('not_found', 'lease_lost')
  async complete(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Param('id') id: string,
    @Body() { fencingToken }: CompleteDto,
    @ExactBody() body: BodySource,
  ): Promise<WorkOutcomeDto> {
    return this.work.complete(id, fencingToken, body.sourceOf('/result'), credential);
  }

  /** Ends an attempt as failed. */
  @Post(':id/fail')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'failWork',
    summary: 'Report that an attempt failed',
    description:
      'If attempts are left, the request runs again in its place, after its backoff. After a 5xx or no ' +
      'answer, repeat the call: the outcome is recorded once.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: WorkOutcomeDto, description: 'The state of the request' })
  @ApiProblems('not_found', 'lease_lost')
  async fail(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Param('id') id: string,
    @Body() { fencingToken, error, retryable, retryAfterMs }: FailDto,
  ): Promise<WorkOutcomeDto> {
    return this.work.fail(
      id,
      fencingToken,
      failureOf(error as ToldError, retryable, retryAfterMs),
      credential,
    );
  }
}
