import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { AddressInfo } from 'node:net';
import { AppProcess } from '../support/app-process';
import { choosePort } from '../../scripts/lib/ports';
import { ApiUser } from '../support/cluster';
import { ended } from '../support/enqueued';
import { scrape } from '../support/metrics';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { RedisServer } from '../support/redis-server';
import { until } from '../support/until';

const METRICS_TOKEN = 'only-for-these-scrapes';
let redis: RedisServer;
let mongodbUri: string;
let variables: Record<string, string>;
beforeAll(async () => {
  redis = await RedisServer.start();
  mongodbUri = uniqueDatabase();
  variables = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    REDIS_URL: redis.url,
    MONGODB_URI: mongodbUri,
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
    METRICS_TOKEN,
  };
});
afterAll(async () => {
  await redis.stop();
  await dropDatabase(mongodbUri);
});

it('a process says what is wrong with its configuration, and exits with 78', async () => {
  const app = AppProcess.spawn({ ...variables, PORT: 'x', JWT_SECRET: '' });
  expect(await app.ended).toBe(78);
  expect(app.stderr).toContain('PORT must be a port');
  expect(app.stdout).toBe('');
});

it.each([
  [
    'handlers.mjs',
    'export default [class Greet {}];',
    'Greet is neither a class with @RequestHandler nor a Nest module.',
  ],
  ['handlers.cjs', 'exports.Greet = class {};', 'its default export must be a list of handlers.'],
  ['handlers.js', undefined, 'Cannot find module'],
])(
  'a process says what is wrong with its custom handlers in %s, and exits with 78',
  async (name, code, sentence) => {
    const file = join(mkdtempSync(join(tmpdir(), 'turnwise-handlers-')), name);
    if (code !== undefined) writeFileSync(file, code);
    const app = AppProcess.spawn({ ...variables, HANDLERS: file });
    expect(await app.ended).toBe(78);
    expect(app.stderr).toContain(`HANDLERS: ${file} does not serve: ${sentence}`);
    rmSync(dirname(file), { recursive: true });
  },
);

it('a process says which port is in use, and exits with 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const app = AppProcess.spawn({ ...variables, PORT: String(port) });
  expect(await app.ended).toBe(1);
  expect(app.stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
  other.close();
});

it.each(['192.0.2.1', 'no-such-host.invalid'])(
  'a process says that it cannot listen on %s, and exits with 1',
  async (host) => {
    const app = AppProcess.spawn({ ...variables, HOST: host });
    expect(await app.ended).toBe(1);
    expect(app.stderr).toContain(`${host} is not an address of this machine: set HOST to one that is.`);
  },
);

it('a process says that its number of shards differs from that of its database, and exits with 78', async () => {
  const first = AppProcess.spawn(variables);
  await first.listening();
  first.signal('SIGTERM');
  await first.ended;
  const app = AppProcess.spawn({ ...variables, QUEUE_SHARDS: '3' });
  expect(await app.ended).toBe(78);
  expect(app.stderr).toMatch(
    /^QUEUE_SHARDS is 3, but this database was set up with \d+: use that number\.\n$/,
  );
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'a process that waits for MongoDB ends at %s with 0',
  async (signal) => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const app = AppProcess.spawn({ ...variables, MONGODB_URI: `mongodb://127.0.0.1:${port}/any` });
    await once(silent, 'connection');
    app.signal(signal);
    expect(await app.ended).toBe(0); // null if it had no handler, which process 1 of a container needs
    silent.close();
  },
);

it("a process survives a change of Redis's password, and serves again once it may", async () => {
  const app = AppProcess.spawn(variables);
  const url = await app.listening();
  const isReady = async () => (await fetch(`${url}/health/ready`)).ok;
  await until('it is ready', isReady);
  const admin = redis.client();
  await admin.config('SET', 'requirepass', 'changed');
  for (const type of ['normal', 'pubsub']) await admin.call('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
  await until('it is not ready', async () => !(await isReady()));
  expect((await scrape(url, METRICS_TOKEN))('turnwise_ready{role="all"}')).toBe(0);
  await delay(2000); // it tries again meanwhile
  await admin.config('SET', 'requirepass', '');
  await until('it is ready again', isReady);
  expect((await scrape(url, METRICS_TOKEN))('turnwise_ready{role="all"}')).toBe(1);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
});

it('a process starts and ends without a warning, and exits with 0 at SIGTERM', async () => {
  const app = AppProcess.spawn(variables);
  const url = await app.listening();
  await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.stderr).toBe('');
  const lines = app.stdout.trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { level: number });
  expect(entries.filter(({ level }) => level !== 30)).toEqual([]);
  expect(lines.length).toBeLessThan(20);
  expect(app.lines('process.ready')).toHaveLength(1);
});

it('a process says at its start that Redis may evict keys, and is ready once that is corrected', async () => {
  const policy = (name: string) => redis.client().config('SET', 'maxmemory-policy', name);
  await policy('allkeys-lru');
  const app = AppProcess.spawn(variables);
  try {
    const url = await app.listening();
    const lines = app.stdout.split('\n').filter((line) => line.includes('"level":50'));
    expect(lines).toEqual([expect.stringContaining('maxmemory-policy allkeys-lru')]);
    const answer = await fetch(`${url}/health/ready`);
    expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('noeviction')]);
    await policy('noeviction');
    await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
  } finally {
    await policy('noeviction');
    app.signal('SIGTERM');
    await app.ended;
  }
});

it('a worker serves health and metrics, and no route of the API', async () => {
  const healthPort = await choosePort();
  const app = AppProcess.spawn({ ...variables, ROLE: 'worker', HEALTH_PORT: String(healthPort) });
  const url = await app.listening();
  const statuses = ['/health/live', '/metrics', '/', '/docs', '/auth/me', '/requests'].map(
    async (path) =>
      (await fetch(url + path, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404, 404, 404]);
  expect((await fetch(`http://127.0.0.1:${healthPort}/health/live`)).status).toBe(200);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
});

it('a process logs a line for each call with its ID and without a secret', async () => {
  const app = AppProcess.spawn(variables);
  const url = await app.listening();
  await fetch(`${url}/nothing?access_token=s3cret-in-query`, {
    method: 'POST',
    headers: {
      'x-request-id': 'call-1',
      authorization: 'Bearer s3cret-in-header',
      cookie: 'a=s3cret-in-cookie',
    },
    body: '{"password":"s3cret-in-body"}',
  });
  app.signal('SIGTERM');
  await app.ended;
  const lines = app.stdout.split('\n').filter((line) => line.includes('call-1'));
  expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({ callId: 'call-1', event: 'call.ended', path: '/nothing' }),
  );
  expect(app.stdout).not.toContain('s3cret');
});

it('a process logs neither a received nor a generated secret', async () => {
  const app = AppProcess.spawn({ ...variables, LOG_LEVEL: 'trace', HTTP_ALLOW_TARGETS: '127.0.0.0/8' });
  const url = await app.listening();
  await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
  const asked = async (token: string, method: string, path: string, body?: object) => {
    const answer = await ApiUser.withKey(url, token).call(method, path, body);
    return (await answer.json()) as Record<string, string>;
  };
  const account = { email: 'ada@example.com', password: 'told s3cret horse' };
  await asked('told-s3cret', 'POST', '/auth/register', account);
  await asked('tw_told-s3cret', 'POST', '/auth/login', { ...account, password: 'wrong s3cret horse' });
  const first = await asked('', 'POST', '/auth/login', account);
  const { refreshToken = '' } = first;
  const { accessToken = '', ...next } = await asked('', 'POST', '/auth/refresh', { refreshToken });
  const { key = '' } = await asked(accessToken, 'POST', '/auth/api-keys', {
    name: 'shop',
    scopes: ['enqueue', 'read'],
  });
  const secrets = [
    await asked(accessToken, 'GET', '/webhooks/secret'),
    await asked(accessToken, 'POST', '/webhooks/secret/rotate'),
  ].map(({ secret }) => secret);
  const caller = ApiUser.withKey(url, key);
  const target = `http://127.0.0.1:${await choosePort()}/?token=told-s3cret`;
  const payload = { url: target, headers: { authorization: 'Bearer told-s3cret' }, body: 'told-s3cret' };
  const failed = await caller.enqueue({ type: 'http', payload, maxAttempts: 1, callbackUrl: target });
  expect(await ended(caller, failed)).toMatchObject({ error: { code: 'connection_refused' } });
  app.signal('SIGTERM');
  await app.ended;

  const log = app.stdout + app.stderr;
  for (const path of ['/auth/login', '/auth/api-keys', '/enqueue']) expect(log).toContain(path);
  const made = [first['accessToken'], refreshToken, accessToken, next['refreshToken'], key, ...secrets];
  expect(made).toEqual(made.map(() => expect.stringMatching(/.{20}/)));
  expect(made.filter((each) => log.includes(each!))).toEqual([]);
  for (const kind of ['s3cret', 'Bearer', 'eyJ', 'tw_', 'whsec_']) expect(log).not.toContain(kind);
});
