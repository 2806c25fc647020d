import { Body, Controller, Headers, HttpCode, Ip, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { SECOND_MS } from '../../common/time/units';
import { CredentialEnds } from '../credentials/credential-ends.service';
import { AuthService } from './auth.service';
import { LoginDto } from './login.dto';
import { LogoutQueryDto } from './logout-query.dto';
import { RefreshDto } from './refresh.dto';
import { RegisterDto } from './register.dto';
import { TokensDto } from './tokens.dto';
import { UserDto } from '../account/user.dto';
import { Authenticated } from '../guards/authenticated.decorator';
import { CurrentSession, type LoggedIn } from '../guards/current-session.decorator';
import { OpenSession, SessionsService } from '../sessions/sessions.service';
import { AccessTokens } from '../tokens/access-tokens';
import { ACCESS_TOKEN_MS } from '../tokens/lifetimes';

@ApiTags('Auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly sessions: SessionsService,
    private readonly ends: CredentialEnds,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** Makes an account. */
  @Post('register')
  @ApiOperation({ operationId: 'register', summary: 'Create an account' })
  @ApiCreatedResponse({ type: UserDto, description: 'The account' })
  @ApiProblems('registration_closed', 'email_taken', 'rate_limited')
  async register(@Body() body: RegisterDto, @Ip() address: string): Promise<UserDto> {
    return UserDto.of(await this.auth.register(body, address));
  }

  /** Opens a session. */
  @Post('login')
  @HttpCode(200)
  @ApiOperation({ operationId: 'login', summary: 'Log in' })
  @ApiOkResponse({ type: TokensDto, description: 'The tokens of a new session' })
  @ApiProblems('invalid_credentials', 'account_locked', 'rate_limited')
  async login(
    @Body() body: LoginDto,
    @Ip() address: string,
    @Headers('user-agent') userAgent: string | undefined,
  ): Promise<TokensDto> {
    return this.tokensOf(await this.auth.login(body, { address, userAgent }));
  }

  /** Replaces a refresh token. */
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'refresh',
    summary: 'Exchange a refresh token for new tokens',
    description:
      'Each refresh token works once. Repeating the call within 10 seconds returns the same answer; after ' +
      'that, reusing the token ends the session. The session ends SESSION_MAX_DAYS (90) after the login; ' +
      'then the user must log in again.',
  })
  @ApiOkResponse({ type: TokensDto, description: 'New tokens of the same session' })
  @ApiProblems('invalid_refresh_token', 'account_locked')
  async refresh(@Body() { refreshToken }: RefreshDto): Promise<TokensDto> {
    return this.tokensOf(await this.auth.refresh(refreshToken));
  }

  /** Ends the calling session, or all sessions of its user. */
  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({
    operationId: 'logout',
    summary: 'Log out; the tokens stop working at once',
    description: 'API keys stay valid until they expire or are deleted, unless `keys` is true.',
  })
  @ApiNoContentResponse({ description: 'The session, or every session of the user, has ended' })
  async logout(
    @CurrentSession() { userId, sessionId }: LoggedIn,
    @Query() { all, keys }: LogoutQueryDto,
    @Ip() address: string,
  ): Promise<void> {
    if (all === true) await this.ends.sessionsOf(userId);
    else await this.sessions.end(sessionId);
    if (keys === true) await this.ends.keysOf(userId, address); // last: a session that has ended makes no further key
  }

  private tokensOf({ userId, id, refreshToken, rotatedAt }: OpenSession): TokensDto {
    return {
      accessToken: this.accessTokens.issue(userId, id, rotatedAt),
      tokenType: 'Bearer',
      expiresIn: ACCESS_TOKEN_MS / SECOND_MS,
      refreshToken,
    };
  }
}
