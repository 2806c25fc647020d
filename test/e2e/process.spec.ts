import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { AppProcess } from '../support/app-process';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { RedisServer } from '../support/redis-server';
import { until } from '../support/until';

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
  };
});
afterAll(async () => {
  await redis.stop();
  await dropDatabase(mongodbUri);
});

it('says what is wrong with its configuration, and ends with 78', async () => {
  const app = AppProcess.spawn({ ...variables, PORT: 'x', JWT_SECRET: '' });
  expect(await app.ended).toBe(78);
  expect(app.stderr).toContain('PORT must be a port');
  expect(app.stdout).toBe('');
});

it('says which port is taken, and ends with 1', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const app = AppProcess.spawn({ ...variables, PORT: String(port) });
  expect(await app.ended).toBe(1);
  expect(app.stderr).toContain(`Port ${port} on 127.0.0.1 is taken`);
  other.close();
});

it('ends with 0 on SIGTERM', async () => {
  const app = AppProcess.spawn(variables);
  const url = await app.listening();
  await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
  expect(app.stderr).toBe('');
});

it('as a worker shows health and metrics, and no route of the API', async () => {
  const app = AppProcess.spawn({ ...variables, ROLE: 'worker' });
  const url = await app.listening();
  const statuses = ['/health/live', '/metrics', '/', '/docs', '/auth/me', '/requests'].map(
    async (path) => (await fetch(url + path)).status,
  );
  expect(await Promise.all(statuses)).toEqual([200, 200, 404, 404, 404, 404]);
  app.signal('SIGTERM');
  expect(await app.ended).toBe(0);
});

// case F44
it('logs a line a call with its id, and no secret', async () => {
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
    expect.objectContaining({ requestId: 'call-1', req: expect.objectContaining({ path: '/nothing' }) }),
  );
  expect(app.stdout).not.toContain('s3cret');
});
