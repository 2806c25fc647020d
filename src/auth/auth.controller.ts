import { Body, Controller, Get, HttpCode, Ip, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { SECOND_MS } from '../common/time';
import { UsersService } from '../users/users.service';
import { AuthService } from './auth.service';
import { LoginDto } from './dto/login.dto';
import { LogoutQueryDto } from './dto/logout-query.dto';
import { RefreshDto } from './dto/refresh.dto';
import { RegisterDto } from './dto/register.dto';
import { TokensDto } from './dto/tokens.dto';
import { UserDto } from './dto/user.dto';
import { Authenticated } from './guards/authenticated.decorator';
import type { AuthenticatedUser } from './guards/authenticated-user';
import { CurrentUser } from './guards/current-user.decorator';
import { unauthorized } from './guards/jwt-auth.guard';
import { OpenSession, SessionsService } from './sessions/sessions.service';
import { AccessTokens } from './tokens/access-tokens';
import { ACCESS_TOKEN_MS } from './tokens/lifetimes';

@ApiTags('Auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** Makes an account. */
  @Post('register')
  @ApiOperation({ operationId: 'register', summary: 'Make an account' })
  @ApiCreatedResponse({ type: UserDto, description: 'The account' })
  @ApiProblems('email_taken', 'rate_limited')
  async register(@Body() body: RegisterDto, @Ip() address: string): Promise<UserDto> {
    return UserDto.of(await this.auth.register(body, address));
  }

  /** Opens a session. */
  @Post('login')
  @HttpCode(200)
  @ApiOperation({ operationId: 'login', summary: 'Log in' })
  @ApiOkResponse({ type: TokensDto, description: 'The tokens of a new session' })
  @ApiProblems('invalid_credentials', 'rate_limited')
  async login(@Body() body: LoginDto, @Ip() address: string): Promise<TokensDto> {
    return this.tokensOf(await this.auth.login(body, address));
  }

  /** Replaces a refresh token. */
  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'refresh',
    summary: 'Get new tokens for a refresh token',
    description:
      'The refresh token is spent. The same call within 10 seconds gets the same answer; later, a spent token ends the session.',
  })
  @ApiOkResponse({ type: TokensDto, description: 'New tokens of the same session' })
  @ApiProblems('invalid_refresh_token')
  async refresh(@Body() { refreshToken }: RefreshDto): Promise<TokensDto> {
    return this.tokensOf(await this.auth.refresh(refreshToken));
  }

  /** Ends the session that calls, or all sessions of its user. */
  @Post('logout')
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({ operationId: 'logout', summary: 'Log out: the tokens are refused at once' })
  @ApiNoContentResponse({ description: 'The session, or every session of the user, has ended' })
  async logout(@CurrentUser() user: AuthenticatedUser, @Query() { all }: LogoutQueryDto): Promise<void> {
    await (all === true ? this.sessions.endAll(user.userId) : this.sessions.end(user.sessionId));
  }

  /** The caller's own account. */
  @Get('me')
  @Authenticated()
  @ApiOperation({ operationId: 'getMe', summary: 'Read the own account' })
  @ApiOkResponse({ type: UserDto, description: 'The account' })
  async me(@CurrentUser() { userId }: AuthenticatedUser): Promise<UserDto> {
    const user = await this.users.findById(userId);
    if (user === null) throw unauthorized();
    return UserDto.of(user);
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
