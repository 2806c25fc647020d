import { VerifiedTokens } from '../../../../src/auth/guards/verified-tokens';

const claims = { sub: 'u1', sid: 's1', portal: false, exp: 100 };

it('a verified token is remembered until its age is over', () => {
  const tokens = new VerifiedTokens();
  tokens.add('t', claims);
  expect(tokens.find('t', 99_999)).toBe(claims);
  expect(tokens.find('other', 0)).toBeUndefined();
  expect(tokens.find('t', 100_000)).toBeUndefined();
  expect(tokens.find('t', 0)).toBeUndefined();
});

it('10,000 verified tokens are remembered, and the oldest is forgotten first', () => {
  const tokens = new VerifiedTokens();
  for (let i = 0; i <= 10_000; i++) tokens.add(`t${i}`, claims);
  expect(tokens.find('t0', 0)).toBeUndefined();
  expect([tokens.find('t1', 0), tokens.find('t10000', 0)]).toEqual([claims, claims]);
});
