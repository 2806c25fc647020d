/** What an operator does on the server when an account was taken over. */
import { ApiUser, AppCluster, PASSWORD } from '../../support/cluster';
import { until } from '../../support/until';

let cluster: AppCluster;
let urls: string[];
let user: ApiUser;
let key: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  urls = [(await cluster.process('all')).url, (await cluster.process('api')).url];
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  user = await ApiUser.register(urls[0]!);
  const made = await user.call('POST', '/auth/api-keys', { name: 'a key', scopes: ['read', 'enqueue'] });
  key = ApiUser.withKey(urls[1]!, ((await made.json()) as { key: string }).key);
});

const answer = async (call: Promise<Response>) => {
  const response = await call;
  const { code } = (await response.json().catch(() => ({}))) as { code?: string };
  return [response.status, code];
};
const login = (password = PASSWORD) => user.call('POST', '/auth/login', { email: user.email, password });
/** The statuses of a call with the session, with the key, and of a login. */
const all = () =>
  Promise.all([answer(user.call('GET', '/auth/me')), answer(key.call('GET', '/queue')), answer(login())]);
const OPEN = [
  [200, undefined],
  [200, undefined],
  [200, undefined],
];

it('lock refuses every credential of an account at once, and unlock accepts them again', async () => {
  const { refreshToken } = (await (await login()).json()) as { refreshToken: string };
  await cluster.command('lock', user.email);
  expect(await all()).toEqual(Array(3).fill([403, 'account_locked']));
  expect(await answer(user.call('POST', '/auth/refresh', { refreshToken }))).toEqual([403, 'account_locked']);
  expect(await answer(login('wrong horse battery'))).toEqual([401, 'invalid_credentials']);
  await cluster.command('unlock', user.email);
  expect(await all()).toEqual(OPEN);
});

it('lock ends the streams of the account', async () => {
  const stream = await user.call('GET', '/events');
  expect(stream.status).toBe(200);
  await cluster.command('lock', user.email);
  await stream.text(); // ends
});

it('an operator ends every session of an account, or every API key', async () => {
  expect(await cluster.command('sessions-revoke', user.email)).toBe(`Ended sessions of ${user.email}: 1.\n`);
  expect((await all()).map(([status]) => status)).toEqual([401, 200, 200]);
  expect(await cluster.command('keys-revoke', user.email)).toBe(`Ended API keys of ${user.email}: 1.\n`);
  expect((await all()).map(([status]) => status)).toEqual([401, 401, 200]);
});

it('an operator deletes an account with everything that belongs to it', async () => {
  const { id } = await user.get<{ id: string }>('/auth/me');
  await user.enqueue({ type: 'echo', payload: 1 });
  await cluster.command('end', user.email);
  expect((await all()).map(([status]) => status)).toEqual([401, 401, 401]);
  await until('nothing is left', async () => (await cluster.documentsOf(id)).length === 0);
});

it.each(['lock', 'unlock', 'end', 'sessions-revoke', 'keys-revoke'])(
  '%s says that an account does not exist',
  async (command) => {
    await expect(cluster.command(command, 'nobody@example.com')).rejects.toThrow('There is no account');
  },
);

it('a logout and a password reset end API keys if asked to', async () => {
  expect(await answer(user.call('POST', '/auth/logout?all=true&keys=true'))).toEqual([204, undefined]);
  expect((await all()).map(([status]) => status)).toEqual([401, 401, 200]);

  const other = await ApiUser.register(urls[0]!);
  const made = await other.call('POST', '/auth/api-keys', { name: 'a key', scopes: ['read'] });
  const held = ApiUser.withKey(urls[1]!, ((await made.json()) as { key: string }).key);
  const reset = async (more: object) => {
    const token = /#reset-password=(\S+)/.exec(await cluster.command('reset-password', other.email))?.[1];
    await other.does('POST', '/auth/password/reset', { token, password: 'a third horse battery', ...more });
    return (await held.call('GET', '/queue')).status;
  };
  expect([await reset({}), await reset({ endKeys: true })]).toEqual([200, 401]);
});

it('only a command creates accounts if registration is closed', async () => {
  const { url } = await cluster.process('api', undefined, { REGISTRATION: 'closed' });
  const post = (path: string, body: object) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const account = { email: `closed-${user.email}`, password: PASSWORD };
  expect(await answer(post('/auth/register', account))).toEqual([403, 'registration_closed']);
  const said = await cluster.command('create', account.email);
  expect(said).not.toContain('old password');
  const token = /#reset-password=(\S+)/.exec(said)?.[1];
  expect((await post('/auth/login', account)).status).toBe(401);
  expect((await post('/auth/password/reset', { token, password: PASSWORD })).status).toBe(204);
  expect((await post('/auth/login', account)).status).toBe(200);
  await expect(cluster.command('create', account.email)).rejects.toThrow('There is an account');
});
