import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AccessCheck } from '../../auth/guards/access-check';
import { Authenticated } from '../../auth/guards/authenticated.decorator';
import type { AuthenticatedUser } from '../../auth/access/authenticated-user';
import { CurrentUser } from '../../auth/guards/current-user.decorator';
import { RequireScope } from '../../auth/guards/require-scope.decorator';
import { LongCalls } from '../../auth/throttle/long-calls';
import { ClientGone } from '../../common/flow/client-gone.decorator';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { ExactBody, type BodySource } from '../../common/json/body-source.decorator';
import { failureOf, type ToldError } from './told-error';
import {
  ClaimDto,
  ClaimedDto,
  ClaimedListDto,
  CompleteDto,
  ExtendDto,
  ExtendedDto,
  FailDto,
  WorkOutcomeDto,
} from './work.dto';
import { WorkService } from './work.service';

const ID = {
  name: 'id',
  description: 'The id of the request',
  example: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11',
};

/** For external workers, in any language: the same promises as those of this server have. */
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

  /** Gives requests to a worker, each with its user leased. */
  @Post('claim')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'claimWork',
    summary: 'Claim requests of external types',
    description:
      'Answers as soon as there is something, else empty when the wait is over. Every item is of another user, whose ' +
      'next request waits until this one has ended, or its lease.',
  })
  @ApiOkResponse({ type: ClaimedListDto, description: 'What is to be run now' })
  async claim(
    @CurrentUser() user: AuthenticatedUser,
    @Body() dto: ClaimDto,
    @ClientGone() gone: AbortSignal,
  ): Promise<ClaimedListDto> {
    const { credential } = user;
    // It may have waited for a minute, in which its key may have ended.
    const mayHave = () => this.access.stillStands(user, 'work');
    const claim = () => this.work.claim(credential, dto, gone, mayHave);
    const given = await (dto.waitMs ? this.longCalls.during(credential.accountId, claim) : claim());
    return { items: given.map((attempt) => ClaimedDto.of(attempt)) };
  }

  /** Keeps a lease. */
  @Post(':id/extend')
  @HttpCode(200)
  @ApiOperation({ operationId: 'extendWork', summary: 'Extend a lease, and hear whether it is still wanted' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ExtendedDto, description: 'The lease goes on' })
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
    summary: 'Tell that an attempt has succeeded',
    description: 'After a 5xx, or no answer, tell it again: it is recorded once.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: WorkOutcomeDto, description: 'What has become of the request' })
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
    summary: 'Tell that an attempt has failed',
    description:
      'It is tried again in place after its backoff, as long as it has attempts left. After a 5xx, or no answer, tell ' +
      'it again: it is recorded once.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: WorkOutcomeDto, description: 'What has become of the request' })
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
