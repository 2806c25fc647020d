import { Injectable } from '@nestjs/common';
import { Problem } from '../../common/errors/problem';
import { EventLog } from '../../common/log/event-log';
import { UsersService } from '../../users/users.service';
import { CredentialEnds } from '../credentials/credential-ends.service';
import type { LoggedIn } from '../guards/current-session.decorator';
import { OwnSessionsService } from '../sessions/own-sessions.service';
import { PasswordCheck, wrongPassword } from './password-check.service';
import { PasswordHasher } from './password-hasher';
import { PasswordPolicy } from './password-policy';
import { PasswordResetsService } from './password-resets.service';

/**
 * New passwords. Sessions end before the password is replaced, so that a crash in between leaves none that should
 * have ended, and once more after it, for those that were opened meanwhile with the old one. API keys stay,
 * unless a reset asks for their end: they end with the sessions, and always after them, since sessions make keys.
 */
@Injectable()
export class PasswordChangesService {
  private readonly log = new EventLog(PasswordChangesService.name);

  constructor(
    private readonly users: UsersService,
    private readonly ends: CredentialEnds,
    private readonly ownSessions: OwnSessionsService,
    private readonly passwords: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly resets: PasswordResetsService,
    private readonly check: PasswordCheck,
  ) {}

  /**
   * Changes the password of a logged-in user. This session stays, the others end.
   * @throws Problem validation_failed if the current password is wrong or the new one common, rate_limited, unavailable
   */
  async change({ userId, sessionId }: LoggedIn, passwords: PasswordChange, address: string): Promise<void> {
    const verified = await this.check.accountOf(userId, passwords.currentPassword, CURRENT, address);
    this.policy.mustAllow(passwords.newPassword, NEW, verified.email);
    const passwordHash = await this.passwords.hash(passwords.newPassword);
    await this.ownSessions.endOthers(userId, sessionId);
    if (!(await this.users.replacePassword(verified, passwordHash))) throw wrongPassword(CURRENT); // changed meanwhile
    await this.ownSessions.endOthers(userId, sessionId);
    await this.resets.forget(userId);
    this.log.write('password.replaced', { userId, action: 'change', address });
  }

  /**
   * Sets a new password by the token of a link. Every session ends, and every API key if `endKeys` is set.
   * @throws Problem invalid_reset_token, validation_failed, unavailable
   */
  async reset({ token, password, endKeys = false }: PasswordReset, address: string): Promise<void> {
    const userId = await this.resets.userOf(token);
    const user = userId === undefined ? null : await this.users.findById(userId);
    if (user === null) throw invalidResetToken();
    this.policy.mustAllow(password, 'password', user.email);
    const passwordHash = await this.passwords.hash(password);
    await this.endAccess(user._id, endKeys, address); // before the link is used up: it is good again if this fails
    if (!(await this.resets.spend(token))) throw invalidResetToken();
    if (!(await this.users.replacePassword(user, passwordHash))) throw invalidResetToken();
    await this.endAccess(user._id, endKeys, address);
    this.log.write('password.replaced', { userId: user._id, action: 'reset', address });
  }

  private async endAccess(userId: string, withKeys: boolean, address: string): Promise<void> {
    await this.ends.sessionsOf(userId);
    if (withKeys) await this.ends.keysOf(userId, address);
  }
}

export interface PasswordReset {
  /** The token of a one-time link. */
  readonly token: string;
  readonly password: string;
  /** Whether API keys also end. */
  readonly endKeys?: boolean;
}

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

const CURRENT = 'currentPassword' satisfies keyof PasswordChange;
const NEW = 'newPassword' satisfies keyof PasswordChange;

const invalidResetToken = () =>
  new Problem('invalid_reset_token', 'The link is unknown, used or expired: ask for a new one.');
