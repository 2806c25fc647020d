import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccessCheck } from '../auth/guards/access-check';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import { payerOf, type AuthenticatedUser } from '../auth/access/authenticated-user';
import { ForPortal } from '../auth/guards/for-portal.decorator';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { LongCalls } from '../auth/throttle/long-calls';
import { EventBus } from '../events/event-bus';
import { Clock } from '../common/time/clock';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { isEventId } from './event-id';
import { EventStream } from './event-stream';
import { EventStreams } from './event-streams.service';

const EXAMPLE = `retry: 1000
id: 1795586873275-0

id: 1795586873301-0
event: request.started
data: {"type":"request.started","requestId":"019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11","at":"2026-11-25T10:47:53.301Z","attempt":1}

: still here
`;

/** Not one of our ids: the client is told to read the state again. */
const UNKNOWN = '0-1';

@ApiTags('Events')
@Authenticated()
@ForPortal()
@Controller('events')
export class UserEventsController {
  constructor(
    private readonly streams: EventStreams,
    private readonly access: AccessCheck,
    private readonly longCalls: LongCalls,
    private readonly clock: Clock,
    private readonly events: EventBus,
  ) {}

  /** Streams what happens to the caller's requests. */
  @Get()
  @RequireScope('read')
  @ApiOperation({
    operationId: 'streamEvents',
    summary: 'Stream events for your requests and queue (SSE)',
    description:
      'Server-sent events, in the order in which they happened, at least once: `request.accepted`, `.started`, ' +
      '`.progress`, `.retrying`, `.succeeded`, `.failed`, `.cancelled`, `.dismissed`, `queue.paused`, `.resumed`, ' +
      '`.halted`, `.released`. Send the last `id` as `Last-Event-ID` to continue after it; `reset` means that it is too old, so ' +
      'reload your state. A comment is sent every 15 s. The stream ends with the session, the API key, the ' +
      'portal link, or the access token.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The id of the last event received',
    schema: { type: 'string', example: '1795586873301-0' },
  })
  @ApiOkResponse({
    description: 'The stream, until either side closes it',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @ApiProblems('rate_limited')
  async stream(
    @CurrentUser() user: AuthenticatedUser,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const hasExpired = () => user.expiresAt !== undefined && user.expiresAt.getTime() <= this.clock.wall();
    const mayGoOn = async () => !hasExpired() && (await this.access.stillStands(user, 'read'));
    const leave = this.longCalls.begin(payerOf(user), reply);
    const stream = new EventStream(reply.raw, mayGoOn, () =>
      this.events.emit('connection.cut', { reason: 'stream' }),
    );
    stream.onEnd(leave);
    try {
      await this.streams.follow(user.userId, stream, lastEventId ? isKnown(lastEventId) : undefined);
    } catch (error) {
      stream.end();
      throw error;
    }
    reply.hijack();
    stream.begin(reply.getHeaders());
  }
}

const isKnown = (lastEventId: string): string => (isEventId(lastEventId) ? lastEventId : UNKNOWN);
