import { Injectable } from '@nestjs/common';
import { PasswordResetsService, RESET_TOKEN_MS } from '../../auth/passwords/password-resets.service';
import { MINUTE_MS } from '../../common/time/units';
import { UsersService } from '../../users/users.service';

/** Says why a command could not be done, in a sentence for whoever gave it. */
export class CommandFailed extends Error {}

/** What operators do at a shell, because no call of the API may: each says in a text what it has done. */
@Injectable()
export class AdminCommands {
  constructor(
    private readonly users: UsersService,
    private readonly resets: PasswordResetsService,
  ) {}

  /** Makes an account's user an admin, at once. @throws CommandFailed */
  async promote(email: string): Promise<string> {
    if (!(await this.users.setRole(email, 'admin'))) throw noAccount(email);
    return `${email} is an admin now.`;
  }

  /** Takes that back, at once. @throws CommandFailed */
  async demote(email: string): Promise<string> {
    if (!(await this.users.setRole(email, 'user'))) throw noAccount(email);
    return `${email} is a user like any other now.`;
  }

  /**
   * Makes a one-time link to a new password.
   * @param url where the users reach the service
   * @throws CommandFailed
   */
  async resetPassword(email: string, url: string): Promise<string> {
    const token = await this.resets.issue(email);
    if (token === undefined) throw noAccount(email);
    // Behind the #, so that no server's log has it.
    return [
      `Good for one use within ${RESET_TOKEN_MS / MINUTE_MS} minutes; until then the old password is, too:`,
      `  ${url.replace(/\/+$/, '')}/#reset-password=${token}`,
    ].join('\n');
  }
}

const noAccount = (email: string) => new CommandFailed(`There is no account with the address ${email}.`);
