import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { PageQueryDto } from '../../common/lists/page-query.dto';
import { SessionDto, SessionPageDto } from './session.dto';
import { Authenticated } from '../guards/authenticated.decorator';
import { CurrentSession, type LoggedIn } from '../guards/current-session.decorator';
import { OwnSessionsService } from './own-sessions.service';

@ApiTags('Auth')
@Authenticated()
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly sessions: OwnSessionsService) {}

  /** Lists the caller's sessions. */
  @Get()
  @ApiOperation({ operationId: 'listSessions', summary: 'List your sessions, newest first' })
  @ApiOkResponse({ type: SessionPageDto, description: 'A page of sessions' })
  @ApiProblems('invalid_cursor')
  async list(
    @CurrentSession() { userId, sessionId }: LoggedIn,
    @Query() query: PageQueryDto,
  ): Promise<SessionPageDto> {
    const { items, nextCursor } = await this.sessions.list(userId, query);
    return { items: items.map((session) => SessionDto.of(session, sessionId)), nextCursor };
  }

  /** Ends one of the caller's sessions. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'endSession',
    summary: 'End one of your sessions; its tokens stop working at once',
  })
  @ApiParam({ name: 'id', description: "The session's id", example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  @ApiNoContentResponse({ description: 'The session has ended' })
  @ApiProblems('not_found')
  async end(@CurrentSession() { userId }: LoggedIn, @Param('id') id: string): Promise<void> {
    await this.sessions.end(userId, id);
  }
}
