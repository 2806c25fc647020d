import { CommonPasswords } from '../../../../src/auth/passwords/common-passwords';
import { PasswordPolicy } from '../../../../src/auth/passwords/password-policy';
import { Problem } from '../../../../src/common/errors/problem';

const EMAIL = 'Ada.Lovelace@example.com';
const common = new CommonPasswords();
const policy = new PasswordPolicy(common);
beforeAll(() => common.onModuleInit());

/** The errors of the fields that are refused. */
function errorsOf(password: string) {
  try {
    policy.mustAllow(password, 'newPassword', EMAIL);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.errors;
  }
}

// ASVS 5, 6.2.4 asks for 3,000 that the other rules let through.
it('knows more than forty thousand that are long enough, up to the end of the list', () => {
  expect(common.size).toBeGreaterThan(40_000);
  expect(common.has('vjht123jltccf')).toBe(true);
});

it.each([
  ['one of the first', '123qweasdzxc'],
  ['in another letter case', 'QwertyQwerty'],
  ['of this service', 'Turnwise2026!'],
  ['of the address', 'ada.lovelace-1'],
  ['of the whole address', 'Ada.Lovelace@example.com!'],
])('refuses a common password: %s', (_what, password) => {
  expect(errorsOf(password)).toMatchObject([{ pointer: '/newPassword', code: 'common_password' }]);
});

it.each([
  ['a sentence', 'correct horse battery'],
  ['one with the name of the service, and enough besides', 'turnwise keeps order'],
  ['one of no letters that the list has', '今日は良い天気ですね、本当に'],
])('takes %s', (_what, password) => expect(errorsOf(password)).toEqual([]));
