import { Injectable } from '@nestjs/common';
import { invalidFields } from '../../common/errors/problem';
import { canonicalEmail } from '../../users/email';
import { CommonPasswords, LEAST_LENGTH } from './common-passwords';
import { normalizedPassword } from './password-hasher';

/** An obvious guess for a password. */
const NAME_OF_SERVICE = 'turnwise';

/** Characters that a password needs besides the well-known words of its account. */
const LEAST_OF_ITS_OWN = 8;

/**
 * Rules for a new password in the form that is hashed: it is not too short, and not one that attackers try first. The
 * bounds of the DTO are of the text as it was sent.
 */
@Injectable()
export class PasswordPolicy {
  constructor(private readonly common: CommonPasswords) {}

  /**
   * @param given the password as it was sent
   * @param field of the body that has the password
   * @throws Problem validation_failed with the code `is_length` or `common_password`
   */
  mustAllow(given: string, field: string, email: string): void {
    const password = normalizedPassword(given);
    const { length } = [...password];
    if (length < LEAST_LENGTH) {
      const detail = `${field} must have ${LEAST_LENGTH} characters or more; in its normal form (NFKC) it has ${length}`;
      throw invalidFields([{ pointer: `/${field}`, code: 'is_length', detail }]);
    }
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
