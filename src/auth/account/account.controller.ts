import { Body, Controller, Delete, Get, HttpCode, Ip, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { UsersService } from '../../users/users.service';
import type { User } from '../../users/user.schema';
import { ChangeMeDto } from './change-me.dto';
import { EndMeDto } from './end-me.dto';
import { UserDto } from './user.dto';
import { Authenticated } from '../guards/authenticated.decorator';
import { CurrentSession, type LoggedIn } from '../guards/current-session.decorator';
import { unauthorized } from '../guards/refusals';
import { Erasures } from '../erasure/erasures.service';
import { PasswordCheck } from '../passwords/password-check.service';

@ApiTags('Auth')
@Authenticated()
@Controller('auth/me')
export class AccountController {
  constructor(
    private readonly users: UsersService,
    private readonly erasures: Erasures,
    private readonly passwords: PasswordCheck,
  ) {}

  /** The caller's own account. */
  @Get()
  @ApiOperation({ operationId: 'getMe', summary: 'Get your account' })
  @ApiOkResponse({ type: UserDto, description: 'The account' })
  async read(@CurrentSession() { userId }: LoggedIn): Promise<UserDto> {
    return accountOf(await this.users.findById(userId));
  }

  /** Changes the caller's account. */
  @Patch()
  @ApiOperation({ operationId: 'changeMe', summary: 'Change your account' })
  @ApiOkResponse({ type: UserDto, description: 'The changed account' })
  async change(@CurrentSession() { userId }: LoggedIn, @Body() { name }: ChangeMeDto): Promise<UserDto> {
    const user = await (name === undefined ? this.users.findById(userId) : this.users.rename(userId, name));
    return accountOf(user);
  }

  /** Ends the caller's account. */
  @Delete()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'endMe',
    summary: 'Delete your account and all its data',
    description:
      'Requires the password. Every session and API key stops working at once. Waiting requests are ' +
      'cancelled, those of your customers too; running requests are aborted.',
  })
  @ApiNoContentResponse({ description: 'The account has ended. Its email address can be registered again' })
  @ApiProblems('rate_limited')
  async end(
    @CurrentSession() { userId }: LoggedIn,
    @Body() { password }: EndMeDto,
    @Ip() address: string,
  ): Promise<void> {
    await this.passwords.accountOf(userId, password, 'password', address);
    await this.erasures.endAccount(userId, { accountId: userId, credential: 'session' });
  }
}

/** The account may have ended since the guard checked it. */
function accountOf(user: User | null): UserDto {
  if (user === null) throw unauthorized();
  return UserDto.of(user);
}
