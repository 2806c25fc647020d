import { Injectable } from '@nestjs/common';
import { errorCodeOf, Problem } from '../../common/errors/problem';
import { EventLog } from '../../common/log/event-log';
import { AuthSettings } from '../../config/settings';
import { accountLocked } from '../../users/account-check';
import { User } from '../../users/user.schema';
import { emailTaken, NewUser, UsersService } from '../../users/users.service';
import { PasswordHasher } from '../passwords/password-hasher';
import { PasswordPolicy } from '../passwords/password-policy';
import { invalidRefreshToken, OpenSession, SessionsService } from '../sessions/sessions.service';
import { LoginThrottle } from '../throttle/login-throttle';
import { RegistrationThrottle } from '../throttle/registration-throttle';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Where a login comes from. */
export interface Client {
  /** For the throttles. */
  readonly address: string;
  readonly userAgent: string | undefined;
}

/** The account of a login, for the log; unset if there is none, or if the login was throttled. */
interface Tried {
  userId?: string | undefined;
}

/** Registers accounts, and opens and refreshes sessions. `address` is the client's, for the throttles. */
@Injectable()
export class AuthService {
  private readonly log = new EventLog(AuthService.name);

  constructor(
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly passwords: PasswordHasher,
    private readonly policy: PasswordPolicy,
    private readonly logins: LoginThrottle,
    private readonly registrations: RegistrationThrottle,
    private readonly settings: AuthSettings,
  ) {}

  /** @throws Problem registration_closed, validation_failed, email_taken, rate_limited, unavailable */
  async register(account: Credentials & Pick<NewUser, 'name'>, address: string): Promise<User> {
    if (!this.settings.isRegistrationOpen)
      throw new Problem('registration_closed', 'Ask the operator of this service for an account.');
    this.policy.mustAllow(account.password, 'password', account.email);
    await this.registrations.take(address);
    if (await this.users.isTaken(account.email)) throw emailTaken(); // saves the work of hashing
    const passwordHash = await this.passwords.hash(account.password);
    const user = await this.users.create({ email: account.email, name: account.name, passwordHash });
    this.log.write('account.made', { userId: user._id, address });
    return user;
  }

  /** @throws Problem invalid_credentials, account_locked, rate_limited, unavailable */
  async login(credentials: Credentials, client: Client): Promise<OpenSession> {
    const { address } = client;
    const tried: Tried = {};
    try {
      const session = await this.open(credentials, client, tried);
      const { id: sessionId, userId } = session;
      this.log.write('login.ended', { outcome: 'succeeded', userId, sessionId, address });
      return session;
    } catch (error) {
      const errorCode = errorCodeOf(error);
      this.log.write('login.ended', { outcome: 'refused', ...tried, address, errorCode });
      throw error;
    }
  }

  private async open(
    { email, password }: Credentials,
    { address, userAgent }: Client,
    tried: Tried,
  ): Promise<OpenSession> {
    const user = await this.logins.attempt(email, address, () => this.find(email, password, tried));
    if (user === undefined) throw invalidCredentials();
    if (user.lockedAt) throw accountLocked(); // only a caller with the right password learns this
    const session = await this.sessions.open(user._id, userAgent);
    // The account may have ended, or its password changed, since it was read. Both end the sessions afterwards: either
    // they find this session, or the check below sees the change.
    if (!(await this.users.stillHas(user))) {
      await this.sessions.end(session.id);
      throw invalidCredentials();
    }
    return session;
  }

  /** @throws Problem invalid_refresh_token; account_locked: the token is good again after the lock */
  async refresh(refreshToken: string): Promise<OpenSession> {
    const userId = await this.sessions.ownerOf(refreshToken);
    const user = userId === undefined ? null : await this.users.findById(userId);
    if (user === null) throw invalidRefreshToken();
    if (user.lockedAt) throw accountLocked(); // before the token is spent: its client gets no other one
    return this.sessions.refresh(refreshToken);
  }

  /** The account with this email and password. Takes the same time if there is none. */
  private async find(email: string, password: string, tried: Tried): Promise<User | undefined> {
    const user = await this.users.findByEmail(email);
    tried.userId = user?._id;
    const matches = await this.passwords.matches(user?.passwordHash, password);
    return user !== null && matches ? user : undefined;
  }
}

const invalidCredentials = () => new Problem('invalid_credentials', 'Email or password is wrong.');
