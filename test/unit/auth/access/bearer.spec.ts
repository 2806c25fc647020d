import { setImmediate as immediate } from 'node:timers/promises';
import { bearerOf } from '../../../../src/auth/access/bearer';
import { JwtStrategy } from '../../../../src/auth/guards/jwt.strategy';
import { testSettings } from '../../../support/test-settings';

const headers = (authorization?: string) => ({
  headers: authorization === undefined ? {} : { authorization },
});

it.each([
  ['Bearer abc', 'abc'],
  ['bearer   abc  ', 'abc'],
  ['Bearer', undefined],
  ['Bearer a b', undefined],
  ['Basic abc', undefined],
  [undefined, undefined],
])('the token of the header %j is %j', (given, token) => expect(bearerOf(headers(given))).toBe(token));

it('reading the header takes no longer than its length, whatever is in it (P5)', async () => {
  const strategy = new JwtStrategy(testSettings().auth);
  const fail = jest.fn();
  Object.assign(strategy, { fail });
  // With passport-jwt's own pattern each header takes half a second, and the test would time out.
  for (let i = 0; i < 200; i++) {
    strategy.authenticate(headers('a'.repeat(16_000)) as never);
    await immediate();
  }
  expect(fail).toHaveBeenCalledTimes(200);
});
