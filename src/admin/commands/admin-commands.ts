import { isEmail } from 'class-validator';
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CredentialEnds } from '../../auth/credentials/credential-ends.service';
import { PasswordHasher } from '../../auth/passwords/password-hasher';
import { PasswordResetsService, RESET_TOKEN_MS } from '../../auth/passwords/password-resets.service';
import { MINUTE_MS } from '../../common/time/units';
import { ErasureRecords } from '../../users/erasure-records.service';
import { OperatorActions } from '../../users/operator-actions.service';
import type { User } from '../../users/user.schema';
import { UsersService } from '../../users/users.service';

/** The reason why a command failed, as a sentence for the operator. */
export class CommandFailed extends Error {}

/** What operators do at a shell, because no API call may do it. Each method returns a text about what it has done. */
@Injectable()
export class AdminCommands {
  constructor(
    private readonly users: UsersService,
    private readonly resets: PasswordResetsService,
    private readonly ends: CredentialEnds,
    private readonly erasures: ErasureRecords,
    private readonly passwords: PasswordHasher,
    private readonly actions: OperatorActions,
  ) {}

  /** Creates an account without a password, and a link to set its first one. @throws CommandFailed */
  async create(email: string, url: string): Promise<string> {
    if (!isEmail(email)) throw new CommandFailed(`${email} is not an email address.`);
    if (await this.users.isTaken(email))
      throw new CommandFailed(`There is an account with the address ${email}.`);
    const passwordHash = await this.passwords.hash(randomBytes(32).toString('base64url'));
    const { _id } = await this.users.create({ email, passwordHash });
    await this.actions.note('create', _id);
    return `${email} has an account.\n${ONCE}:\n  ${await this.passwordLink(email, url)}`;
  }

  /** Makes the account's user an admin at once. @throws CommandFailed */
  async promote(email: string): Promise<string> {
    await this.note('promote', email, await this.users.setRole(email, 'admin'));
    return `${email} is now an admin.`;
  }

  /** Makes the account's user an ordinary user again, at once. @throws CommandFailed */
  async demote(email: string): Promise<string> {
    await this.note('demote', email, await this.users.setRole(email, 'user'));
    return `${email} is no longer an admin.`;
  }

  /** Refuses all credentials of the account at once, and removes nothing. @throws CommandFailed */
  async lock(email: string): Promise<string> {
    await this.note('lock', email, await this.users.setLock(email, true));
    return `${email} is locked: every call gets 403 account_locked. Requests in the queue still run.`;
  }

  /** Unlocks the account at once: its sessions and API keys are valid again. @throws CommandFailed */
  async unlock(email: string): Promise<string> {
    await this.note('unlock', email, await this.users.setLock(email, false));
    return `${email} is no longer locked.`;
  }

  /**
   * Deletes the account permanently with all its data: access at once, the rest within minutes.
   * @throws CommandFailed
   */
  async end(email: string): Promise<string> {
    const { _id } = await this.find(email);
    await this.erasures.begin(_id, undefined);
    await this.users.remove(_id);
    await this.actions.note('end', _id);
    return `${email} has ended: nobody can log in, and keys no longer work. The service erases its data while it runs.`;
  }

  /** Ends every session of the account, at once. @throws CommandFailed */
  async revokeSessions(email: string): Promise<string> {
    const { _id } = await this.find(email);
    const ended = await this.ends.sessionsOf(_id);
    await this.actions.note('sessions-revoke', _id);
    return `Ended sessions of ${email}: ${ended}.`;
  }

  /** Ends every API key of the account, at once. @throws CommandFailed */
  async revokeKeys(email: string): Promise<string> {
    const { _id } = await this.find(email);
    const ended = await this.ends.keysOf(_id);
    await this.actions.note('keys-revoke', _id);
    return `Ended API keys of ${email}: ${ended}.`;
  }

  /** @param account undefined if there is none @throws CommandFailed */
  private async note(action: string, email: string, account: string | undefined): Promise<void> {
    if (account === undefined) throw noAccount(email);
    await this.actions.note(action, account);
  }

  private async find(email: string): Promise<User> {
    const user = await this.users.findByEmail(email);
    if (user === null) throw noAccount(email);
    return user;
  }

  /**
   * Creates a one-time link to set a new password.
   * @param url where the users reach the service
   * @throws CommandFailed
   */
  async resetPassword(email: string, url: string): Promise<string> {
    return `${ONCE}. Until it is used, the old password still works:\n  ${await this.passwordLink(email, url)}`;
  }

  private async passwordLink(email: string, url: string): Promise<string> {
    const link = await this.resets.issue(email);
    if (link === undefined) throw noAccount(email);
    await this.actions.note('reset-password', link.userId);
    // After the #, so that no server logs it.
    return `${url.replace(/\/+$/, '')}/#reset-password=${link.token}`;
  }
}

const ONCE = `The link works once, within ${RESET_TOKEN_MS / MINUTE_MS} minutes`;

const noAccount = (email: string) => new CommandFailed(`There is no account with the address ${email}.`);
