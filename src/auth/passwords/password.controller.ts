import { Body, Controller, HttpCode, Ip, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { ChangePasswordDto } from './change-password.dto';
import { ResetPasswordDto } from './reset-password.dto';
import { Authenticated } from '../guards/authenticated.decorator';
import { CurrentSession, type LoggedIn } from '../guards/current-session.decorator';
import { PasswordChangesService } from './password-changes.service';

@ApiTags('Auth')
@Controller('auth/password')
export class PasswordController {
  constructor(private readonly changes: PasswordChangesService) {}

  /** Replaces the caller's password, and ends their other sessions. */
  @Post()
  @HttpCode(204)
  @Authenticated()
  @ApiOperation({
    operationId: 'changePassword',
    summary: 'Change your password; all other sessions end at once',
    description: 'API keys stay valid.',
  })
  @ApiNoContentResponse({ description: 'The new password is in effect' })
  @ApiProblems('rate_limited')
  async change(
    @CurrentSession() caller: LoggedIn,
    @Body() passwords: ChangePasswordDto,
    @Ip() address: string,
  ): Promise<void> {
    await this.changes.change(caller, passwords, address);
  }

  /** Sets a new password by a one-time link. */
  @Post('reset')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'resetPassword',
    summary: 'Set a new password with the token of a one-time link; all sessions end at once',
    description:
      'An operator creates the link with `npm run admin -- reset-password EMAIL`. API keys stay valid, unless `endKeys` is true.',
  })
  @ApiNoContentResponse({ description: 'The new password is in effect' })
  @ApiProblems('invalid_reset_token')
  async reset(@Body() body: ResetPasswordDto, @Ip() address: string): Promise<void> {
    await this.changes.reset(body, address);
  }
}
