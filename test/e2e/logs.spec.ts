/** The log lines of a process (docs/logs.md) when something goes wrong. */
import { untilLogged } from '../support/app-process';
import { ApiUser, AppCluster, PASSWORD, served } from '../support/cluster';
import { ended } from '../support/enqueued';
import { uniqueDatabase } from '../support/mongo-database';
import { httpTarget } from '../support/stub-target';
import { TcpProxy } from '../support/tcp-proxy';

const HOSTILE = 's3cret';
/** So many calls that a line for each would be noticed. */
const CALLS = 30;

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function start(mongodbUri?: string): Promise<AppCluster> {
  const cluster = await AppCluster.start({ LOG_LEVEL: 'trace' }, mongodbUri);
  ends.push(() => cluster.stop());
  return cluster;
}

const warnings = (stdout: string) => stdout.split('\n').filter((line) => /"level":[4-6]0/.test(line));

it('the log has a line for each attempt with its outcome and IDs, without payload and result', async () => {
  const target = await httpTarget((_call, response) => response.writeHead(500).end(`${HOSTILE} answer`));
  ends.push(() => target.close());
  const { app, url } = await (await start()).process('all');
  const user = await ApiUser.register(url);
  const { id: userId } = await user.get<{ id: string }>('/auth/me');
  const requestId = await user.enqueue({
    type: 'http',
    payload: { url: `${target.url}/${HOSTILE}`, body: { password: HOSTILE } },
    maxAttempts: 2,
    backoff: { type: 'fixed', delayMs: 0 },
  });
  const done = await user.enqueue({ type: 'echo', payload: `${HOSTILE} payload` });
  await untilLogged([app], 'attempt.succeeded', { requestId: done });
  const failed = { requestId, userId, type: 'http', outcome: 'failed', errorCode: 'http_500' };
  expect(app.lines('attempt.failed')).toMatchObject([
    { ...failed, attempt: 1, level: 30 },
    { ...failed, attempt: 2, level: 30 },
  ]);
  expect(await app.logged('request.failed')).toMatchObject([{ requestId, userId, type: 'http', level: 40 }]);
  expect(app.lines('attempt.succeeded')).toMatchObject([{ requestId: done, userId, level: 20 }]);
  expect(app.stdout + app.stderr).not.toContain(HOSTILE);
  // A call that came before all shards were open was repeated.
  const calls = app.lines('call.ended').filter(({ path }) => path === '/enqueue');
  const call = calls.find(({ statusCode }) => statusCode === 202);
  expect(call).toMatchObject({ userId, method: 'POST', statusCode: 202, outcome: 'answered' });
});

it('the log has one line for an outage of Redis, with address, reason and the number of failed calls', async () => {
  const cluster = await start();
  const { app, url } = await cluster.process('api');
  const user = await ApiUser.register(url);
  const before = warnings(app.stdout).length;
  await cluster.redis.kill();
  for (let i = 0; i < CALLS; i++)
    expect((await user.call('POST', '/enqueue', { type: 'echo', payload: 1 })).status).toBe(503);
  await cluster.redis.restart();
  await app.logged('store.back');
  const { port } = new URL(cluster.redis.url);
  const cause = expect.stringMatching(`^Redis cannot be reached at 127.0.0.1:${port}: E[A-Z]+$`) as string;
  expect(app.lines('store.away')).toMatchObject([{ store: 'Redis', cause, level: 40 }]);
  expect(app.lines('store.back')).toMatchObject([{ store: 'Redis', level: 30 }]);
  expect(app.lines('call.unavailable')[0]).toMatchObject({ errorCode: 'unavailable' });
  expect(warnings(app.stdout).length - before).toBeLessThan(CALLS / 2);
  expect(app.stdout).not.toContain('enableOfflineQueue');
  app.signal('SIGTERM');
  await app.ended;
  const times = app.lines('call.unavailable').map((line) => Number(line['times'] ?? 1));
  expect(times.reduce((sum, each) => sum + each, 0)).toBe(CALLS);
});

it('the log has one line for an outage of MongoDB, with its address', async () => {
  const uri = new URL(uniqueDatabase());
  const proxy = await TcpProxy.start(Number(uri.port));
  uri.port = String(proxy.port);
  uri.search = '?directConnection=true';
  ends.push(() => proxy.stop());
  const { app, url } = await (await start(uri.href)).process('api');
  const user = await ApiUser.register(url);
  proxy.cut();
  await app.logged('store.away');
  expect((await user.call('GET', '/auth/me')).status).toBe(503);
  proxy.mend();
  await app.logged('store.back');
  const cause = expect.stringContaining(`MongoDB cannot be reached at 127.0.0.1:${proxy.port}: `) as string;
  expect(app.lines('store.away')).toMatchObject([{ store: 'MongoDB', cause, level: 40 }]);
});

it('the log warns once of calls through a proxy that TRUST_PROXY does not name', async () => {
  const cluster = await start();
  const forwarded = { 'x-forwarded-for': '203.0.113.7' };
  const warned = async (variables: Record<string, string>) => {
    const { app, url } = await cluster.process('api', undefined, variables);
    for (let i = 0; i < 2; i++) await (await fetch(`${url}/types`, { headers: forwarded })).text();
    await app.logged('call.ended', 2);
    return app.lines('proxy.unnamed').map(({ address }) => address);
  };
  expect(await warned({})).toEqual(['127.0.0.1']);
  expect(await warned({ TRUST_PROXY: 'loopback' })).toEqual([]);
});

it('the log has logins, failed logins, and changes of passwords and keys', async () => {
  const cluster = await start();
  const { app, url } = await cluster.process('api');
  const user = await ApiUser.register(url);
  const { email } = user;
  const { id: userId } = await user.get<{ id: string }>('/auth/me');
  const address = '127.0.0.1';
  const [next, last] = ['a second horse battery', 'a third horse battery'];
  const refused = async (path: string, body: object, status: number) =>
    expect((await served(() => user.call('POST', path, body))).status).toBe(status);
  await refused('/auth/login', { email, password: `${HOSTILE} ${HOSTILE}` }, 401);
  await refused('/auth/login', { email: 'nobody@example.com', password: next }, 401);
  const key = { name: 'ci', scopes: ['read'] };
  const { id: credentialId } = await user.does<{ id: string }>('POST', '/auth/api-keys', key);
  await user.does('DELETE', `/auth/api-keys/${credentialId}`);
  await refused('/auth/password', { currentPassword: HOSTILE, newPassword: next }, 422);
  await user.does('POST', '/auth/password', { currentPassword: PASSWORD, newPassword: next });
  const token = /#reset-password=(\S+)/.exec(await cluster.command('reset-password', email))?.[1];
  await user.does('POST', '/auth/password/reset', { token, password: last });

  const errorCode = 'invalid_credentials';
  await app.logged('password.replaced', 2);
  expect(app.lines('account.made')).toMatchObject([{ userId, address }]);
  const [opened, wrong, unknown] = app.lines('login.ended');
  expect(opened).toMatchObject({
    outcome: 'succeeded',
    userId,
    address,
    sessionId: expect.any(String) as string,
  });
  expect(wrong).toMatchObject({ outcome: 'refused', userId, address, errorCode });
  expect(unknown).toMatchObject({ outcome: 'refused', address, errorCode });
  expect(unknown).not.toHaveProperty('userId');
  expect(app.lines('key.made')).toMatchObject([{ userId, credentialId, scopes: ['read'], address }]);
  expect(app.lines('key.ended')).toMatchObject([{ userId, credentialId, address }]);
  expect(app.lines('password.refused')).toMatchObject([{ userId, address }]);
  expect(app.lines('password.replaced')).toMatchObject([
    { userId, action: 'change', address },
    { userId, action: 'reset', address },
  ]);
  for (const secret of [HOSTILE, PASSWORD, next, last, email, token!])
    expect(app.stdout).not.toContain(secret);
});

it('the log has the first use of a key once, and refused targets', async () => {
  const cluster = await start();
  const { app, url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  const { id: userId } = await user.get<{ id: string }>('/auth/me');
  const made = await user.call('POST', '/auth/api-keys', { name: 'ci', scopes: ['enqueue', 'read'] });
  const { id: credentialId, key } = (await made.json()) as { id: string; key: string };
  const program = ApiUser.withKey(url, key);
  const hidden = { type: 'http', payload: { url: `http://10.1.2.3:81/${HOSTILE}` } };
  await ended(program, await program.enqueue(hidden));
  expect(await app.logged('key.first_used')).toMatchObject([{ userId, credentialId, address: '127.0.0.1' }]);
  expect(await app.logged('target.refused')).toMatchObject([{ userId, host: '10.1.2.3:81' }]);
  for (const secret of [HOSTILE, key]) expect(app.stdout).not.toContain(secret);
});
