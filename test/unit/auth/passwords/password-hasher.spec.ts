import { PasswordHasher } from '../../../../src/auth/passwords/password-hasher';

describe('PasswordHasher', () => {
  const passwords = new PasswordHasher();
  beforeAll(() => passwords.onModuleInit());

  it('makes argon2id hashes at the recommended cost, each with its own salt', async () => {
    const [one, other] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(other).not.toBe(one);
  });

  it('distinguishes passwords of 100 characters that differ in the last one', async () => {
    const hash = await passwords.hash(`${'a'.repeat(99)}b`);
    await expect(passwords.matches(hash, `${'a'.repeat(99)}b`)).resolves.toBe(true);
    await expect(passwords.matches(hash, `${'a'.repeat(99)}c`)).resolves.toBe(false);
  });

  it('takes a password in either Unicode form', async () => {
    const hash = await passwords.hash('caf\u00e9 au lait');
    await expect(passwords.matches(hash, 'cafe\u0301 au lait')).resolves.toBe(true);
  });

  it('matches nothing if there is no hash, and takes as long as with one', async () => {
    const argon2 = jest.requireActual<typeof import('@node-rs/argon2')>('@node-rs/argon2');
    const verify = jest.spyOn(argon2, 'verify');
    await expect(passwords.matches(undefined, 'correct horse')).resolves.toBe(false);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(verify.mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
