import { Injectable } from '@nestjs/common';
import { invalidFields, Problem } from '../../common/errors/problem';
import { EventLog } from '../../common/log/event-log';
import type { User } from '../../users/user.schema';
import { UsersService } from '../../users/users.service';
import { unauthorized } from '../guards/refusals';
import { LoginThrottle } from '../throttle/login-throttle';
import { PasswordHasher } from './password-hasher';

/**
 * Asks for the password again where a session is not enough. A thief of an open session must guess it; the tries count
 * together with those at the login.
 */
@Injectable()
export class PasswordCheck {
  private readonly log = new EventLog(PasswordCheck.name);

  constructor(
    private readonly users: UsersService,
    private readonly passwords: PasswordHasher,
    private readonly logins: LoginThrottle,
  ) {}

  /**
   * The account, if this is its password.
   * @param field of the body that has the password
   * @throws Problem validation_failed if it is not, unauthorized if the account has ended, rate_limited, unavailable
   */
  async accountOf(userId: string, password: string, field: string, address: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (user === null) throw unauthorized();
    const verified = await this.logins.attempt(user.email, address, async () =>
      (await this.passwords.matches(user.passwordHash, password)) ? user : undefined,
    );
    if (verified === undefined) {
      this.log.write('password.refused', { userId, address });
      throw wrongPassword(field);
    }
    return verified;
  }
}

export const wrongPassword = (field: string): Problem =>
  invalidFields([
    {
      pointer: `/${field}`,
      code: 'wrong_password',
      detail: `${field} is not the password of this account`,
    },
  ]);
