import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import { AccessCheck } from '../auth/guards/access-check';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { LongCalls } from '../auth/throttle/long-calls';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import type { Accepted } from './accept-input';
import { AcceptedBatchDto, AcceptedDto, EnqueuedDto } from './accepted.dto';
import { clientGone } from '../common/flow/client-gone.decorator';
import { forgetBody } from '../common/json/body-source.decorator';
import { EventLog } from '../common/log/event-log';
import { ENQUEUE_REFUSALS } from '../events/event-map';
import { EnqueueBatchDto, EnqueueDto } from './enqueue.dto';
import { EnqueueService } from './enqueue.service';
import { CurrentCall, type EnqueueCall } from './enqueue-call.decorator';
import { preferredWaitSeconds } from './prefer-wait';
import { RequestReader } from '../requests/request-reader.service';
import { RequestWaiter } from '../requests/request-waiter.service';
import { RequestDto } from '../requests/request.dto';

const HEADERS = {
  Location: {
    description: 'The path of the request, without the path prefix of a proxy',
    schema: { type: 'string' },
    example: '/requests/019cb0a4',
  },
  'Idempotent-Replayed': {
    description: '`true` if this repeats the answer of an earlier call with the same Idempotency-Key',
    schema: { type: 'string', enum: ['true'] },
  },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description: '1 to 255 printable ASCII characters. The same key with the same body gets the same answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255, example: 'order-4711' },
} as const;

/** The next calls that make sense for an accepted request. */
const LINKS = Object.fromEntries(
  ['getRequest', 'cancelRequest', 'retryRequest', 'dismissRequest'].map((operationId) => [
    operationId,
    { operationId, parameters: { id: '$response.body#/id' } },
  ]),
);

/** The errors of a refused request or batch. */
const Refusals = () => ApiProblems(...ENQUEUE_REFUSALS);

/**
 * Takes requests in: a guard protects the enqueue controller, which creates a named Bull queue per user. The user's
 * first request creates the queue in Redis; an empty queue costs nothing. (P4)
 */
@ApiTags('Requests')
@Authenticated()
@Controller('enqueue')
export class EnqueueController {
  private readonly log = new EventLog(EnqueueController.name);

  constructor(
    private readonly enqueueing: EnqueueService,
    private readonly reader: RequestReader,
    private readonly waiter: RequestWaiter,
    private readonly longCalls: LongCalls,
    private readonly access: AccessCheck,
  ) {}

  /** Puts a request into the caller's queue. */
  @Post()
  @HttpCode(202)
  @RequireScope('enqueue')
  @ApiOperation({
    operationId: 'enqueue',
    summary: 'Add a request to your queue',
    description:
      '202 is durable: the request is recorded and has its place in the queue. After a 4xx the request was ' +
      'not accepted. After a 5xx or no answer the outcome is unknown; repeat the call with the same ' +
      'Idempotency-Key to find out.',
  })
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description:
      '`wait=N`: if the request ends within N seconds (1 to 60), the answer is 200 with the whole request.',
    schema: { type: 'string', example: 'wait=10' },
  })
  @ApiAcceptedResponse({
    type: EnqueuedDto,
    description: 'Accepted: `id`, `seq`, `type`, `status`, `position` (unless scheduled) and `createdAt`',
    headers: HEADERS,
    links: LINKS,
  })
  @ApiOkResponse({
    type: EnqueuedDto,
    description:
      'Accepted, and ended within the wait of `Prefer`: the request, as `GET /requests/{id}` answers it',
    headers: {
      ...HEADERS,
      'Preference-Applied': {
        description: 'The wait that was applied',
        schema: { type: 'string' },
        example: 'wait=10',
      },
    },
  })
  @Refusals()
  async enqueue(
    @Body() dto: EnqueueDto,
    @CurrentCall() call: EnqueueCall,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedDto | RequestDto> {
    const accepted = await this.enqueueing.enqueue(dto, call);
    forgetBody(reply.request);
    dto.payload = undefined; // of the same body
    const { credential } = call.caller;
    reply.header('location', `/requests/${accepted.requestId}`);
    if (accepted.replayed) reply.header('idempotent-replayed', 'true');
    // The request is accepted: a preference that cannot be honoured is not an error.
    const seconds = this.longCalls.hasRoom(credential.accountId) ? preferredWaitSeconds(prefer) : undefined;
    const finished =
      seconds === undefined
        ? undefined
        : await this.longCalls.during(credential.accountId, reply, () =>
            this.finished(call.caller, accepted, seconds, clientGone(reply)),
          );
    if (finished === undefined) return AcceptedDto.of(accepted);
    reply.status(200).header('preference-applied', `wait=${seconds}`);
    return finished;
  }

  /** Puts several requests into the caller's queue, all or none. */
  @Post('batch')
  @RequireScope('enqueue')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'enqueueBatch',
    summary: 'Add several requests to your queue, all or none',
    description: 'The requests are adjacent in the queue, in the order of the batch.',
  })
  @ApiHeader(IDEMPOTENCY_KEY)
  @ApiAcceptedResponse({
    type: AcceptedBatchDto,
    description: 'All accepted',
    headers: { 'Idempotent-Replayed': HEADERS['Idempotent-Replayed'] },
  })
  @Refusals()
  async enqueueBatch(
    @Body() dto: EnqueueBatchDto,
    @CurrentCall() call: EnqueueCall,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcceptedBatchDto> {
    const accepted = await this.enqueueing.enqueueBatch(dto, call);
    if (accepted.some(({ replayed }) => replayed)) reply.header('idempotent-replayed', 'true');
    return { items: accepted.map((each) => AcceptedDto.of(each)) };
  }

  /**
   * The request, if it ends within that time, and can be read and seen by its caller then. Never rejects: the request
   * is accepted, and no error may hide that. (P3)
   */
  private async finished(
    caller: AuthenticatedUser,
    { requestId }: Accepted,
    seconds: number,
    gone: AbortSignal,
  ): Promise<RequestDto | undefined> {
    const { userId } = caller;
    await this.waiter.untilEnded(requestId, seconds, gone);
    try {
      if (!(await this.access.stillStands(caller, 'enqueue'))) return undefined;
      const request = await this.reader.get(caller, requestId);
      return request.finishedAt === undefined ? undefined : request;
    } catch (cause) {
      this.log.write('step.failed', { step: 'read an awaited request', requestId, userId, cause });
      return undefined;
    }
  }
}
