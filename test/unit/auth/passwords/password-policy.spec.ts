import { CommonPasswords } from '../../../../src/auth/passwords/common-passwords';
import { PasswordPolicy } from '../../../../src/auth/passwords/password-policy';
import { Problem } from '../../../../src/common/errors/problem';

const EMAIL = 'Ada.Lovelace@example.com';
const common = new CommonPasswords();
const policy = new PasswordPolicy(common);
beforeAll(() => common.onModuleInit());

/** The errors of the refused fields. */
function errorsOf(password: string) {
  try {
    policy.mustAllow(password, 'newPassword', EMAIL);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors;
  }
}

// ASVS 5, 6.2.4 requires 3,000 that the other rules would accept.
it('the list has more than forty thousand passwords of sufficient length, and is read to its end', () => {
  expect(common.size).toBeGreaterThan(40_000);
  expect(common.has('vjht123jltccf')).toBe(true);
});

it.each([
  ['one of the first', '123qweasdzxc'],
  ['in another letter case', 'QwertyQwerty'],
  ['in full-width letters', 'ｑｗｅｒｔｙｑｗｅｒｔｙ'],
  ['of this service in full-width letters', 'Ｔｕｒｎｗｉｓｅ2026!'],
  ['of this service', 'Turnwise2026!'],
  ['of the address', 'ada.lovelace-1'],
  ['of the whole address', 'Ada.Lovelace@example.com!'],
])('a common password is refused: %s', (_what, password) => {
  expect(errorsOf(password)).toMatchObject([{ pointer: '/newPassword', code: 'common_password' }]);
});

it('a password is refused that has less than twelve characters in the form that is hashed', () => {
  const password = 'e\u0301'.repeat(11); // 22 characters, and 11 in the form NFKC: é
  expect(errorsOf(password)).toMatchObject([{ pointer: '/newPassword', code: 'is_length' }]);
  expect(errorsOf(`${password}e\u0301`)).toEqual([]);
});

it.each([
  ['a sentence', 'correct horse battery'],
  ['one with the name of the service, and enough besides', 'turnwise keeps order'],
  ['one in a script that the list does not have', '今日は良い天気ですね、本当に'],
])('a password is accepted: %s', (_what, password) => expect(errorsOf(password)).toEqual([]));
