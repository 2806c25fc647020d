import { Injectable } from '@nestjs/common';
import { invalidFields } from '../../common/errors/problem';
import { canonicalEmail } from '../../users/email';
import { CommonPasswords } from './common-passwords';

/** An obvious guess for a password. */
const NAME_OF_SERVICE = 'turnwise';

/** Characters that a password needs besides the well-known words of its account. */
const LEAST_OF_ITS_OWN = 8;

/** Rules for a new password besides its length of 12 to 128: it must not be one that attackers try first. */
@Injectable()
export class PasswordPolicy {
  constructor(private readonly common: CommonPasswords) {}

  /**
   * @param field of the body that has the password
   * @throws Problem validation_failed with the code `common_password`
   */
  mustAllow(password: string, field: string, email: string): void {
    const detail = this.common.has(password)
      ? `${field} is one of the passwords that attackers try first: choose another, such as four random words`
      : isMadeOf(wordsOf(email), password.toLowerCase())
        ? `${field} is little more than the name of this service or your address: choose another, such as four random words`
        : undefined;
    if (detail !== undefined)
      throw invalidFields([{ pointer: `/${field}`, code: 'common_password', detail }]);
  }
}

/** Longest first, so that no part of a word is left. */
function wordsOf(email: string): string[] {
  const address = canonicalEmail(email);
  const [name = '', domain = ''] = address.split('@');
  return [address, domain, name, NAME_OF_SERVICE].filter((word) => word.length > 2);
}

function isMadeOf(words: readonly string[], password: string): boolean {
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), password);
  return rest.length < LEAST_OF_ITS_OWN;
}
