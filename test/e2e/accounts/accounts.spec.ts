/** What users do with their own account: keys, sessions, password, and deletion. */
import { randomUUID } from 'node:crypto';
import { MongoClient } from 'mongodb';
import { DAY_MS } from '../../../src/common/time/units';
import { ApiUser, AppCluster, PASSWORD } from '../../support/cluster';
import { ended } from '../../support/enqueued';
import { until } from '../../support/until';

let cluster: AppCluster;
let urls: string[];
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const apps = await Promise.all([cluster.process('all'), cluster.process('api')]);
  urls = apps.map(({ url }) => url);
});
beforeEach(async () => {
  user = await ApiUser.register(urls[0]!);
});
afterAll(() => cluster.stop());

const status = async (call: Promise<Response>) => (await call).status;
const json = async <T = Record<string, unknown>>(call: Promise<Response>) => (await (await call).json()) as T;
const login = (email: string, password = PASSWORD) =>
  fetch(`${urls[0]}/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
const sessionOf = async (password = PASSWORD) => {
  const { accessToken } = await json<{ accessToken: string }>(login(user.email, password));
  return ApiUser.withKey(urls[1]!, accessToken);
};

interface Key {
  readonly id: string;
  readonly key: string;
}
const makeKey = (scopes: string[], more: object = {}, by = user) =>
  by.call('POST', '/auth/api-keys', { name: 'a key', scopes, ...more });
const keyWith = async (scopes: string[], more: object = {}) => {
  const made = await json<Key>(makeKey(scopes, more));
  return { ...made, caller: ApiUser.withKey(urls[1]!, made.key) };
};
const echo = { type: 'echo', payload: 1 };

describe('API keys', () => {
  it('are shown once, and stored as hashes', async () => {
    const made = await json(makeKey(['read', 'enqueue']));
    expect(made).toMatchObject({
      name: 'a key',
      scopes: ['read', 'enqueue'],
      key: expect.stringMatching(/^tw_/),
    });
    const listed = JSON.stringify(await user.get('/auth/api-keys'));
    expect(listed).toContain(String(made['id']));
    expect(listed).not.toContain(String(made['key']));
  });

  it.each([
    ['enqueue', ['enqueue'], [202, 403, 403]],
    ['read', ['read'], [403, 200, 403]],
    ['manage', ['manage'], [403, 403, 200]],
    ['all three', ['enqueue', 'read', 'manage'], [202, 200, 200]],
  ])('may do only what their scopes allow: %s', async (_what, scopes, expected) => {
    const { caller } = await keyWith(scopes);
    const calls = [
      caller.call('POST', '/enqueue', echo),
      caller.call('GET', '/requests'),
      caller.call('POST', '/queue/resume'),
    ];
    expect(await Promise.all(calls.map(status))).toEqual(expected);
  });

  it('cannot be used for the account itself', async () => {
    const { caller } = await keyWith(['enqueue', 'read', 'manage']);
    for (const [method, path] of [
      ['GET', '/auth/me'],
      ['POST', '/auth/api-keys'],
      ['GET', '/auth/sessions'],
      ['DELETE', '/auth/me'],
      ['POST', '/auth/logout'],
    ] as const)
      expect([path, await status(caller.call(method, path))]).toEqual([path, 403]);
  });

  it('stop working in every process as soon as they are deleted', async () => {
    const { id, caller } = await keyWith(['read']);
    expect(await status(caller.call('GET', '/requests'))).toBe(200);
    expect(await status(user.call('DELETE', `/auth/api-keys/${id}`))).toBe(204);
    expect(await status(caller.call('GET', '/requests'))).toBe(401);
    expect(await status(user.call('DELETE', `/auth/api-keys/${id}`))).toBe(404);
  });

  it('stop working when they expire', async () => {
    const tomorrow = new Date(Date.now() + DAY_MS);
    const { id, caller } = await keyWith(['read'], { expiresAt: tomorrow.toISOString() });
    expect(await status(caller.call('GET', '/requests'))).toBe(200);
    const client = await MongoClient.connect(cluster.mongodbUri);
    const keys = client.db().collection<{ _id: string }>('apikeys');
    await keys.updateOne({ _id: id, expiresAt: tomorrow }, { $set: { expiresAt: new Date() } });
    await client.close();
    expect(await status(caller.call('GET', '/requests'))).toBe(401);
  });

  it.each([
    ['no scope', { scopes: [] }, 422],
    ['an unknown scope', { scopes: ['everything'] }, 422],
    ['a time that is past', { expiresAt: '2020-01-01T00:00:00Z' }, 422],
    ['a scope of admins', { scopes: ['act-as'] }, 403],
  ])('are refused with %s', async (_what, more, expected) => {
    expect(await status(makeKey(['read'], more))).toBe(expected);
  });

  it('of another account cannot be deleted', async () => {
    const { id } = await keyWith(['read']);
    const other = await ApiUser.register(urls[0]!);
    expect(await status(other.call('DELETE', `/auth/api-keys/${id}`))).toBe(404);
  });

  it.each(['tw_', 'tw_x', `tw_${randomUUID()}`, `tw_${'x'.repeat(5_000)}`])(
    'that do not exist are refused with 401: %#',
    async (key) => {
      expect(await status(ApiUser.withKey(urls[0]!, key).call('GET', '/requests'))).toBe(401);
    },
  );
});

describe('sessions', () => {
  it('are listed, and end one by one, at once', async () => {
    const other = await sessionOf();
    const { items } = await user.get<{ items: { id: string; current: boolean }[] }>('/auth/sessions');
    expect(items.map(({ current }) => current)).toEqual([false, true]);
    expect(await status(user.call('DELETE', `/auth/sessions/${items[0]!.id}`))).toBe(204);
    expect(await status(other.call('GET', '/auth/me'))).toBe(401);
    expect(await status(user.call('GET', '/auth/me'))).toBe(200);
  });

  it('end all at once, and leave API keys alone', async () => {
    const [other, { id, caller }] = [await sessionOf(), await keyWith(['read'])];
    expect(await status(other.call('POST', '/auth/logout?all=true'))).toBe(204);
    for (const session of [user, other]) expect(await status(session.call('GET', '/auth/me'))).toBe(401);
    expect(await status(caller.call('GET', '/requests'))).toBe(200);
    const back = await sessionOf();
    expect(await status(back.call('DELETE', `/auth/api-keys/${id}`))).toBe(204);
    expect(await status(caller.call('GET', '/requests'))).toBe(401);
  });

  it('of another account cannot be ended', async () => {
    const { items } = await user.get<{ items: { id: string }[] }>('/auth/sessions');
    const other = await ApiUser.register(urls[0]!);
    expect(await status(other.call('DELETE', `/auth/sessions/${items[0]!.id}`))).toBe(404);
  });
});

describe('the account', () => {
  it('changes its name and nothing else', async () => {
    expect(await json(user.call('PATCH', '/auth/me', { name: 'Ada' }))).toMatchObject({
      name: 'Ada',
      role: 'user',
    });
    expect(await status(user.call('PATCH', '/auth/me', { role: 'admin' }))).toBe(422);
    expect(await user.get('/auth/me')).toMatchObject({ name: 'Ada', role: 'user' });
  });

  it('gets a new password, and keeps only the session that set it', async () => {
    const other = await sessionOf();
    const change = (currentPassword: string) =>
      user.call('POST', '/auth/password', { currentPassword, newPassword: 'another horse battery' });
    expect(await json(change('wrong horse battery'))).toMatchObject({
      status: 422,
      code: 'validation_failed',
    });
    const common = { currentPassword: PASSWORD, newPassword: 'qwertyqwerty' };
    expect(await json(user.call('POST', '/auth/password', common))).toMatchObject({
      errors: [{ pointer: '/newPassword', code: 'common_password' }],
    });
    expect(await status(change(PASSWORD))).toBe(204);
    expect(await status(other.call('GET', '/auth/me'))).toBe(401);
    expect(await status(user.call('GET', '/auth/me'))).toBe(200);
    expect(await status(login(user.email))).toBe(401);
    expect(await status(login(user.email, 'another horse battery'))).toBe(200);
  });

  it('gets a new password by a one-time link, without a session', async () => {
    const said = await cluster.command('reset-password', user.email);
    const token = /#reset-password=(\S+)/.exec(said)?.[1];
    const reset = (password = 'a third horse battery') =>
      user.call('POST', '/auth/password/reset', { token, password });
    expect(await json(reset('qwertyqwerty'))).toMatchObject({
      errors: [{ pointer: '/password', code: 'common_password' }],
    });
    expect([await status(reset()), await status(reset())]).toEqual([204, 401]);
    expect(await status(user.call('GET', '/auth/me'))).toBe(401);
    expect(await status(login(user.email, 'a third horse battery'))).toBe(200);
  });

  it('is not deleted without its password', async () => {
    const end = (body?: object) => json(user.call('DELETE', '/auth/me', body));
    expect(await end({ password: 'wrong horse battery' })).toMatchObject({
      status: 422,
      errors: [{ pointer: '/password', code: 'wrong_password' }],
    });
    expect(await end()).toMatchObject({ status: 422 });
    expect(await status(user.call('GET', '/auth/me'))).toBe(200);
  });

  it('is deleted with its sessions, keys, requests and secrets', async () => {
    const { caller } = await keyWith(['enqueue', 'read']);
    const { id } = await user.get<{ id: string }>('/auth/me');
    await user.get('/webhooks/secret');
    await user.does('PATCH', '/queue', { onFailure: 'halt' });
    await ended(user, await user.enqueue(echo));
    await user.enqueue({ type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 });
    await user.enqueue(echo);
    await user.enqueue({ ...echo, delayMs: 60_000 });
    await until('it runs', async () => (await user.get<{ state: string }>('/queue')).state === 'busy');
    expect(await status(user.call('DELETE', '/auth/me', { password: PASSWORD }))).toBe(204);
    expect(await status(user.call('GET', '/auth/me'))).toBe(401);
    expect(await status(caller.call('GET', '/requests'))).toBe(401);
    expect(await status(login(user.email))).toBe(401);
    // The answer may come before all is removed.
    await until('no document is left', async () => (await cluster.documentsOf(id)).length === 0);
    const redis = cluster.redis.client();
    await until('nothing is left in Redis', async () => (await redis.keys(`*${id}*`)).length === 0);
    const again = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const body = JSON.stringify({ email: user.email, password: PASSWORD });
    expect(await status(fetch(`${urls[0]}/auth/register`, { ...again, body }))).toBe(201);
  });

  it('is deleted with the halt of its queue', async () => {
    const { id } = await user.get<{ id: string }>('/auth/me');
    await user.does('PATCH', '/queue', { onFailure: 'halt' });
    await user.enqueue({ type: 'sleep', payload: { ms: 0, failTimes: 1 }, maxAttempts: 1 });
    await until('it halts', async () => (await user.get<{ state: string }>('/queue')).state === 'halted');
    expect(await status(user.call('DELETE', '/auth/me', { password: PASSWORD }))).toBe(204);
    const redis = cluster.redis.client();
    await until('nothing is left in Redis', async () => (await redis.keys(`*${id}*`)).length === 0);
    await until('no document is left', async () => (await cluster.documentsOf(id)).length === 0);
  });
});

it('the rate limit refuses an account calls above its limit, and no call of another account', async () => {
  const limited = await cluster.process('api', undefined, { HTTP_RATE_LIMIT: '5' });
  const [busy, other] = [ApiUser.withKey(limited.url, user.token), await ApiUser.register(limited.url)];
  const answers = await Promise.all(Array.from({ length: 40 }, () => busy.call('GET', '/auth/me')));
  const refused = answers.filter(({ status: code }) => code === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(answers.filter(({ status: code }) => code === 200).length).toBeGreaterThanOrEqual(5);
  expect(refused[0]!.headers.get('retry-after')).toBe('1');
  expect(await status(other.call('GET', '/auth/me'))).toBe(200);
});
