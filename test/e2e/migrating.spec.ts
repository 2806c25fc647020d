/** Runs the code of docs/migrating.md. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Bull from 'bull';
import { add, move, type Service } from '../../examples/migrating/from-bull';
import { send } from '../../examples/migrating/from-sqs';
import { AppCluster } from '../support/cluster';
import type { RequestView } from '../support/enqueued';
import { RedisServer } from '../support/redis-server';
import { httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

const ROOT = join(__dirname, '../..');

let cluster: AppCluster;
let service: Service;
let target: StubTarget;
beforeAll(async () => {
  cluster = await AppCluster.start();
  const { url } = await cluster.process('all');
  const admin = await cluster.admin(url);
  await admin.does('PUT', '/admin/types/send-invoice', { external: true });
  const made = await admin.call('POST', '/auth/api-keys', {
    name: 'moving',
    scopes: ['act-as', 'enqueue', 'read'],
  });
  service = { url, key: ((await made.json()) as { key: string }).key };
  target = await httpTarget((_call, response) => void response.end('ok'));
});
afterAll(async () => {
  await target.close();
  await cluster.stop();
});

/** The requests of a customer, in their order. */
async function requestsOf(customer: string): Promise<(RequestView & { readonly payload: unknown })[]> {
  const headers = { authorization: `Bearer ${service.key}`, 'turnwise-user': customer };
  const answer = await fetch(`${service.url}/requests?order=oldest`, { headers });
  return ((await answer.json()) as { items: (RequestView & { readonly payload: unknown })[] }).items;
}

/** Runs the line of a crontab once. @returns what it prints */
async function cronLine(url: string, called: string): Promise<string> {
  const env = { PATH: process.env.PATH, TURNWISE_URL: url, TURNWISE_KEY: service.key };
  const line = [join(ROOT, 'examples/migrating/from-cron.sh'), called];
  return (await promisify(execFile)('bash', line, { env })).stdout;
}

it.each([
  ['from-bull.ts', 'ts'],
  ['from-sqs.ts', 'ts'],
  ['from-cron.sh', 'sh'],
])('docs/migrating.md shows %s unchanged', (file, language) => {
  const code = readFileSync(join(ROOT, 'examples/migrating', file), 'utf8');
  expect(readFileSync(join(ROOT, 'docs/migrating.md'), 'utf8')).toContain(`\`\`\`${language}\n${code}\`\`\``);
});

it('the waiting jobs of a Bull queue are moved once, in their order and with their options', async () => {
  const redis = await RedisServer.start();
  const queue = new Bull<{ i: number }>('tenant-1', redis.url);
  try {
    await queue.add('echo', { i: 0 }, { attempts: 3, backoff: 10 });
    for (let i = 1; i < 12; i += 1) await queue.add('echo', { i });
    const last = await queue.add('echo', { i: 12 }, { delay: 3_600_000 });
    // A run fails after it has moved the last job, and before it removes it.
    const prototype: typeof last = Object.getPrototypeOf(last);
    const remove: (this: typeof last) => Promise<void> = Reflect.get(prototype, 'remove');
    jest.spyOn(prototype, 'remove').mockImplementation(async function (this: typeof last) {
      if (this.data.i === 12) throw new Error('Redis is away.');
      return remove.call(this);
    });
    await expect(move(queue, service, 'tenant-1')).rejects.toThrow('away');
    jest.restoreAllMocks();
    expect(await move(queue, service, 'tenant-1')).toBe(1);
    expect(await move(queue, service, 'tenant-1')).toBe(0);
  } finally {
    await queue.close();
    await redis.stop();
  }
  const moved = await requestsOf('tenant-1');
  expect(moved.map(({ payload }) => payload)).toEqual(Array.from({ length: 13 }, (_, i) => ({ i })));
  expect(moved[0]).toMatchObject({ maxAttempts: 3 });
  expect(moved.at(-1)).toMatchObject({ status: 'scheduled', maxAttempts: 1 });
});

it('the options of a Bull job become those of the request', async () => {
  const options = {
    jobId: 'a',
    attempts: 2,
    backoff: { type: 'fixed', delay: 10 },
    delay: 3_600_000,
  } as const;
  const id = await add(service, 'tenant-2', 'echo', {}, options);
  expect(await add(service, 'tenant-2', 'echo', {}, options)).toBe(id);
  expect(await requestsOf('tenant-2')).toMatchObject([{ id, maxAttempts: 2, status: 'scheduled' }]);
  await expect(add(service, 'tenant-2', 'ecco', {})).rejects.toThrow('unknown_type: ');
});

it('a job that Turnwise would refuse as it is gets a valid type and valid bounds', async () => {
  const backoff = { type: 'fixed', delay: 2 * 24 * 3_600_000 } as const;
  const id = await add(service, 'tenant-3', 'sendInvoice', {}, { attempts: 200, backoff, delay: 3_600_000 });
  expect(await requestsOf('tenant-3')).toMatchObject([{ id, type: 'send-invoice', maxAttempts: 100 }]);
});

it('the messages of a FIFO group are sent to their target, once each', async () => {
  const message = (id: string) => ({
    MessageGroupId: 'group',
    MessageDeduplicationId: id,
    MessageBody: `body ${id}`,
  });
  const ids = [
    await send(service, target.url, message('1')),
    await send(service, target.url, message('2')),
    await send(service, target.url, message('1')),
  ];
  expect(ids[2]).toBe(ids[0]);
  await until('both have ended', async () =>
    (await requestsOf('group')).every(({ status }) => status === 'succeeded'),
  );
  expect(target.calls.map(({ body }) => body.toString())).toEqual(['body 1', 'body 2']);
});

it('the cron line enqueues once an hour, however often it runs', async () => {
  const ids = new Set<string>();
  // A new hour may begin once during the test.
  for (let i = 0; i < 3; i += 1)
    ids.add((JSON.parse(await cronLine(service.url, `${target.url}/hourly`)) as { id: string }).id);
  expect(ids.size).toBeLessThan(3);
});

it('the cron line is sent again with the same key if the connection breaks', async () => {
  const api = await httpTarget((_call, response) => {
    if (api.calls.length === 1) response.destroy();
    else response.end('{"id":"1"}');
  });
  expect(await cronLine(api.url, target.url)).toBe('{"id":"1"}');
  const keys = api.calls.map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([keys[0], keys[0]]);
  await api.close();
});

it('the cron line fails at once, with the answer, if the call is refused', async () => {
  const api = await httpTarget((_call, response) => {
    response.statusCode = api.calls.length === 1 ? 401 : 202;
    response.end('{"code":"unauthorized"}');
  });
  await expect(cronLine(api.url, target.url)).rejects.toMatchObject({
    code: 1,
    stdout: '{"code":"unauthorized"}',
  });
  expect(api.calls).toHaveLength(1);
  await api.close();
});
