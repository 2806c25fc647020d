import { PasswordHasher } from '../../../src/auth/passwords/password-hasher';
import { Problem } from '../../../src/common/errors/problem';
import { AuthApp, newAccount, newAddress } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

describe('login throttle', () => {
  let stores: AuthStores;
  let app: AuthApp;
  beforeAll(async () => {
    stores = await AuthStores.start();
    app = await stores.startApp();
  });
  afterAll(() => stores.stop());
  afterEach(() => jest.restoreAllMocks());

  const fail = (email: string, address: string) =>
    app.post('/auth/login', { email, password: 'wrong' }, address);

  it.each(['exists', 'does not exist'])(
    'refuses more than ten tries of one address on an account that %s',
    async (which) => {
      const { email } = which === 'exists' ? await app.register() : newAccount();
      const address = newAddress();
      for (let tries = 0; tries < 10; tries++) await fail(email, address).expect(401);
      const { body, headers } = await fail(email, address).expect(429);
      expect(body).toMatchObject({ code: 'rate_limited' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(15 * 60);
    },
  );

  it('counts parallel tries', async () => {
    const [{ email }, address] = [await app.register(), newAddress()];
    const answers = await Promise.all(Array.from({ length: 30 }, () => fail(email, address)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  it('ignores the address in X-Forwarded-For if no proxy is trusted', async () => {
    const direct = await stores.startApp('');
    const { email } = await app.register();
    const statuses: number[] = [];
    for (let tries = 0; tries < 50; tries++) {
      const { status } = await direct.post('/auth/login', { email, password: 'wrong' }, newAddress());
      statuses.push(status);
    }
    expect(statuses).toEqual(statuses.map((_, i) => (i < 10 ? 401 : 429)));
  });

  it('counts an IPv6 network as one address', async () => {
    const [{ email }, address] = [await app.register(), newAddress()];
    for (let tries = 0; tries < 10; tries++)
      await fail(email, address.replace('::1', `::${tries}`)).expect(401);
    await fail(email, address.replace('::1', '::ffff')).expect(429);
  });

  it('refuses more than forty tries of one address on many accounts', async () => {
    const address = newAddress();
    for (let tries = 0; tries < 40; tries++) await fail(newAccount().email, address).expect(401);
    await fail(newAccount().email, address).expect(429);
  });

  it('leaves the other users of an address alone if it tries one account only', async () => {
    const [{ email }, neighbour, address] = [await app.register(), await app.register(), newAddress()];
    for (let tries = 0; tries < 50; tries++) await fail(email, address);
    await app.post('/auth/login', neighbour, address).expect(200);
  });

  it('lets a user who has logged in from a blocked address log in again, with no more tries than others', async () => {
    const [account, address] = [await app.register(), newAddress()];
    await app.post('/auth/login', account, address).expect(200);
    for (let tries = 0; tries < 40; tries++) await fail(newAccount().email, address).expect(401);
    await fail(newAccount().email, address).expect(429);
    await app.post('/auth/login', account, address).expect(200);
    for (let tries = 0; tries < 10; tries++) await fail(account.email, address).expect(401);
    await app.post('/auth/login', account, address).expect(429);
  });

  it('lets the owner log in from another address while others try the account, and gives those fewer tries', async () => {
    const account = await app.register();
    for (let tries = 0; tries < 20; tries++) await fail(account.email, newAddress()).expect(401);
    const attacker = newAddress();
    for (let tries = 0; tries < 3; tries++) await fail(account.email, attacker).expect(401);
    await fail(account.email, attacker).expect(429);
    await app.post('/auth/login', account, newAddress()).expect(200);
  });

  it('does not count a successful login, and forgets the failed tries before it', async () => {
    const [account, address] = [await app.register(), newAddress()];
    for (let tries = 0; tries < 9; tries++) await fail(account.email, address).expect(401);
    for (let logins = 0; logins < 12; logins++) await app.post('/auth/login', account, address).expect(200);
    for (let tries = 0; tries < 9; tries++) await fail(account.email, address).expect(401);
  });

  it('does not count a try whose password was not checked', async () => {
    const [account, address] = [await app.register(), newAddress()];
    const matches = jest.spyOn(app.app.get(PasswordHasher), 'matches');
    matches.mockRejectedValue(new Problem('unavailable', 'Busy.'));
    for (let tries = 0; tries < 12; tries++) await app.post('/auth/login', account, address).expect(503);
    jest.restoreAllMocks();
    await app.post('/auth/login', account, address).expect(200);
  });

  it('stores no email address in Redis', async () => {
    const { email } = await app.register();
    await fail(email, newAddress()).expect(401);
    const keys = await stores.redis.client().keys('*');
    expect(keys.filter((key) => key.startsWith('tw:throttle:login-pair:'))).not.toHaveLength(0);
    expect(keys.join()).not.toContain(email);
  });
});

describe('login throttle without Redis', () => {
  let stores: AuthStores;
  let app: AuthApp;
  beforeEach(async () => {
    stores = await AuthStores.start();
    app = await stores.startApp();
  });
  afterEach(() => stores.stop());

  it('lets users log in, and limits failed tries', async () => {
    const account = await app.register();
    await stores.redis.kill();
    await app.post('/auth/login', account).expect(200);
    await app.post('/auth/register', newAccount()).expect(201);
    const address = newAddress();
    const fail = () => app.post('/auth/login', { ...account, password: 'wrong' }, address);
    for (let tries = 0; tries < 10; tries++) await fail().expect(401);
    await fail().expect(429);
  });

  it('lets users log in while Redis is frozen', async () => {
    const account = await app.register();
    stores.redis.freeze();
    try {
      await app.post('/auth/login', account).expect(200);
    } finally {
      stores.redis.thaw();
    }
  });
});
