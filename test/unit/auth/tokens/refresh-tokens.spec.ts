import { hashOf, RefreshTokens } from '../../../../src/auth/tokens/refresh-tokens';

const SESSION = '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11';
const tokensOf = (...jwtSecrets: [string, ...string[]]) =>
  new RefreshTokens({ jwtSecrets, sessionMaxMs: 1, isRegistrationOpen: true });

describe('RefreshTokens', () => {
  const tokens = tokensOf('one secret of at least 32 letters');
  const token = tokens.issue(SESSION);

  it('finds the session of an issued token and of its successors', () => {
    expect(tokens.sessionOf(token)).toBe(SESSION);
    expect(tokens.sessionOf(tokens.successors(token)[0])).toBe(SESSION);
  });

  it('derives the same successor of a token in every process, and different ones of different tokens', () => {
    expect(tokensOf('one secret of at least 32 letters').successors(token)[0]).toBe(
      tokens.successors(token)[0],
    );
    expect(tokens.successors(token)[0]).not.toBe(token);
    expect(tokens.successors(tokens.issue(SESSION))[0]).not.toBe(tokens.successors(token)[0]);
  });

  it("derives the successor with the server's secret, which the owner of a token does not have", () => {
    expect(tokensOf('another secret, as long as the one').successors(token)[0]).not.toBe(
      tokens.successors(token)[0],
    );
  });

  it.each([
    ['an empty text', ''],
    ['no session', token.slice(token.indexOf('.'))],
    ['another session', `other.${token.slice(token.indexOf('.') + 1)}`],
    ['a changed secret', token.replace(/\..{4}/, '.AAAA')],
    ['a changed tag', `${token.slice(0, -4)}AAAA`],
    ['a longer text', `${token}A`],
    ['padding', `${token}=`],
  ])('finds no session in %s', (_name, forged) => {
    expect(tokens.sessionOf(forged)).toBeUndefined();
  });

  it("refuses a token of another server's secret", () => {
    expect(tokensOf('another secret, as long as the one').sessionOf(token)).toBeUndefined();
  });

  it('accepts tokens of every secret of a rotation, and issues them with the first', () => {
    const [old, next] = ['one secret of at least 32 letters', 'another secret, as long as the one'] as const;
    const rotating = tokensOf(next, old);
    expect(rotating.sessionOf(token)).toBe(SESSION);
    expect(tokensOf(next).sessionOf(rotating.issue(SESSION))).toBe(SESSION);
    expect(rotating.successors(token)).toEqual([
      tokensOf(next).successors(token)[0],
      tokensOf(old).successors(token)[0],
    ]);
  });

  it('stores a hash that does not reveal the token', () => {
    expect(hashOf(token)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(hashOf(token)).toBe(hashOf(token));
    expect(hashOf(token)).not.toBe(hashOf(tokens.successors(token)[0]));
  });
});
