/** The example workers; those in other languages are run by their interpreter where there is one. */
import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve, type Work } from '../../../../examples/typescript-worker/worker';
import { ApiUser, AppCluster } from '../../../support/cluster';
import { ended, requestOf } from '../../../support/enqueued';
import { ExternalWorker, externalWorker } from '../../../support/external-worker';
import { httpTarget } from '../../../support/stub-target';
import { until } from '../../../support/until';

const EXAMPLES = join(__dirname, '../../../../examples');
const where = (...programs: string[]) =>
  programs.every((each) => spawnSync(each, ['--version']).status === 0) ? it : it.skip;

let cluster: AppCluster;
let url: string;
let worker: ExternalWorker;
const children: ChildProcess[] = [];

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
  const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] };
  ({ worker } = await externalWorker(cluster, url, { 'word-count': { payloadSchema: text }, shout: {} }));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
});
afterAll(() => cluster.stop());

/** Starts an example; it is serving when this resolves. @param more variables */
async function start(program: string, args: string[], more: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TURNWISE_URL: url, LEASE_MS: '6000' };
  const child = spawn(program, args, {
    env: { ...env, TURNWISE_KEY: worker.key, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await until('the example serves', () => said.includes('serving'));
  return child;
}

const python = (more: Record<string, string> = {}) =>
  start('python3', [join(EXAMPLES, 'python-worker/worker.py')], more);

/** What an example prints when its key is refused. */
async function complaint(program: string, example: string): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, TURNWISE_URL: url, TURNWISE_KEY: 'tw_none' };
  const child = spawn(program, [join(EXAMPLES, example)], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  await until('the example prints the error', () => said.includes('unauthorized: '));
  return said;
}

where('python3')("the Python worker prints the API's error message", async () => {
  expect(await complaint('python3', 'python-worker/worker.py')).toContain('/work/claim: 401 unauthorized: ');
});

where(
  'bash',
  'curl',
  'jq',
)("the Bash worker prints the API's error message", async () => {
  expect(await complaint('bash', 'bash-worker/worker.sh')).toContain('unauthorized: ');
});

where('python3')('the Python worker and an in-process handler serve the same users in order', async () => {
  await python();
  const users = await Promise.all([1, 2, 3].map(() => ApiUser.register(url)));
  const ids = await Promise.all(
    users.map(async (user) => {
      const ofUser: string[] = [];
      for (let i = 0; i < 6; i++) {
        const external = { type: 'word-count', payload: { text: 'one two '.repeat(i) } };
        ofUser.push(await user.enqueue(i % 2 === 0 ? external : { type: 'echo', payload: i }));
      }
      return ofUser;
    }),
  );
  for (const [n, user] of users.entries()) {
    for (const [i, id] of ids[n]!.entries())
      expect((await ended(user, id)).result).toEqual(i % 2 === 0 ? { words: 2 * i } : i);
    expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 6 });
  }
});

where('python3')('the Python worker extends the lease of a long request', async () => {
  await python();
  const user = await ApiUser.register(url);
  const id = await user.enqueue({ type: 'word-count', payload: { text: 'a b', seconds: 9 } });
  expect((await ended(user, id)).attempts).toMatchObject([{ outcome: 'succeeded' }]);
});

where('python3')('another Python worker runs the requests of a killed one again, in order', async () => {
  const doomed = await python();
  const user = await ApiUser.register(url);
  const ids = [
    await user.enqueue({ type: 'word-count', payload: { text: 'a', seconds: 9 } }),
    await user.enqueue({ type: 'word-count', payload: { text: 'a b' } }),
  ];
  await until('it runs', async () => (await requestOf(user, ids[0]!)).status === 'active');
  doomed.kill('SIGKILL');
  await once(doomed, 'exit');
  await python();
  const [first, second] = [await ended(user, ids[0]!), await ended(user, ids[1]!)];
  expect(first.attempts.map(({ outcome }) => outcome)).toEqual(['lost', 'succeeded']);
  expect(second.attempts).toHaveLength(1);
  expect(await user.get('/queue/audit')).toMatchObject({ clean: true, checked: 2 });
});

where('python3')('the Python worker finishes its request at a SIGTERM, and claims no other', async () => {
  const worker = await python({ AT_ONCE: '1' });
  const [user, next] = await Promise.all([ApiUser.register(url), ApiUser.register(url)]);
  const id = await user.enqueue({ type: 'word-count', payload: { text: 'a', seconds: 9 } });
  await until('it runs', async () => (await requestOf(user, id)).status === 'active');
  const waiting = await next.enqueue({ type: 'word-count', payload: { text: 'a' } });
  worker.kill('SIGTERM');
  const [code] = (await once(worker, 'exit')) as [number];
  expect(code).toBe(0);
  expect((await requestOf(user, id)).attempts).toMatchObject([{ outcome: 'succeeded' }]);
  expect(await requestOf(next, waiting)).toMatchObject({ status: 'queued', attempts: [] });
});

where('python3')('the Python worker reports a result that is not JSON as a failure', async () => {
  const program = 'import sys, worker; worker.word_count = lambda *_: {1}; sys.exit(worker.main())';
  await start('python3', ['-c', program], { PYTHONPATH: join(EXAMPLES, 'python-worker') });
  const user = await ApiUser.register(url);
  const id = await user.enqueue({ type: 'word-count', payload: { text: 'a' }, maxAttempts: 1 });
  expect((await ended(user, id)).attempts).toMatchObject([{ outcome: 'failed' }]);
});

where('python3')('the Python worker repeats a call if its answer breaks off', async () => {
  const api = await httpTarget(
    (_call, response) =>
      void response.writeHead(200, { 'content-length': 100 }).write('{"items"', () => response.destroy()),
  );
  await python({ TURNWISE_URL: api.url });
  await until('it has called again', () => api.calls.length > 1);
  await api.close();
});

where(
  'bash',
  'curl',
  'jq',
)('the Bash worker completes a request, and fails one with an invalid payload', async () => {
  await start(join(EXAMPLES, 'bash-worker/worker.sh'), []);
  const user = await ApiUser.register(url);
  const [loud, wrong] = [
    await user.enqueue({ type: 'shout', payload: { text: 'It\'s "ok"' } }),
    await user.enqueue({ type: 'shout', payload: {} }),
  ];
  expect((await ended(user, loud)).result).toEqual({ text: 'IT\'S "OK"' });
  expect(await ended(user, wrong)).toMatchObject({ status: 'failed', attempts: [{ outcome: 'failed' }] });
});

where(
  'bash',
  'curl',
  'jq',
)('the Bash worker reports an outcome again if the connection breaks', async () => {
  const item = { request: { id: 'r1', payload: { text: 'a' } }, fencingToken: 7 };
  const outcomes = () => api.calls.filter(({ path }) => path === '/work/r1/complete');
  const api = await httpTarget(({ path }, response) => {
    if (path !== '/work/claim') {
      if (outcomes().length === 1) response.destroy();
      else response.end('{"status":"succeeded"}');
    } else response.end(JSON.stringify({ items: outcomes().length === 0 ? [item] : [] }));
  });
  await start(join(EXAMPLES, 'bash-worker/worker.sh'), [], { TURNWISE_URL: api.url });
  await until('it has called again', () => outcomes().length > 1);
  const bodies = outcomes().map(({ body }) => JSON.parse(body.toString()) as unknown);
  expect(bodies).toEqual(Array(2).fill({ fencingToken: 7, result: { text: 'A' } }));
  await api.close();
});

describe('the TypeScript worker', () => {
  let stopping: AbortController;
  let served: Promise<void>;
  const typescript = (work: Work, more: object = {}) => {
    stopping = new AbortController();
    const options = { url, key: worker.key, types: ['shout'], work, leaseMs: 6_000, atOnce: 1, ...more };
    served = serve(options, stopping.signal);
  };

  it('extends the lease of a long request, finishes it when it is stopped, and claims no other', async () => {
    const [user, next] = [await ApiUser.register(url), await ApiUser.register(url)];
    const id = await user.enqueue({ type: 'shout', payload: 'a' });
    typescript(async ({ payload }) => {
      await sleep(9_000);
      return String(payload).toUpperCase();
    });
    await until('it runs', async () => (await requestOf(user, id)).status === 'active');
    const waiting = await next.enqueue({ type: 'shout', payload: 'b' });
    stopping.abort();
    await served;
    expect(await requestOf(user, id)).toMatchObject({ result: 'A', attempts: [{ outcome: 'succeeded' }] });
    expect(await requestOf(next, waiting)).toMatchObject({ status: 'queued', attempts: [] });
    await next.does('POST', `/requests/${waiting}/cancel`);
  });

  it('reports a failure, and stops the work of a cancelled request', async () => {
    const user = await ApiUser.register(url);
    const wrong = await user.enqueue({ type: 'shout', payload: 'wrong', maxAttempts: 1 });
    const endless = await user.enqueue({ type: 'shout', payload: 'endless' });
    typescript(async ({ payload }, stop) => {
      if (payload === 'wrong') throw new Error('This is wrong.');
      await sleep(600_000, undefined, { signal: stop });
    });
    expect(await ended(user, wrong)).toMatchObject({ error: { message: 'Error: This is wrong.' } });
    await until('it runs', async () => (await requestOf(user, endless)).status === 'active');
    await user.does('POST', `/requests/${endless}/cancel`);
    await until(
      'its turn has ended',
      async () => (await user.get<{ state: string }>('/queue')).state === 'idle',
    );
    stopping.abort();
    await user.enqueue({ type: 'shout', payload: 'wrong', maxAttempts: 1 }); // ends the claim that waits
    await served;
  });

  it('reports a result that is not JSON as a failure', async () => {
    const user = await ApiUser.register(url);
    const id = await user.enqueue({ type: 'shout', payload: 'a', maxAttempts: 1 });
    typescript(({ payload }) => Promise.resolve(payload === 'a' ? 1n : payload));
    expect(await ended(user, id)).toMatchObject({ error: { message: expect.stringContaining('BigInt') } });
    stopping.abort();
    await user.enqueue({ type: 'shout', payload: 'b' }); // ends the claim that waits
    await served;
  });

  it('reports an outcome again if the connection breaks', async () => {
    const item = { request: { id: 'r1', payload: 1 }, fencingToken: 7, leaseMs: 60_000 };
    const outcomes = () => api.calls.filter(({ path }) => path === '/work/r1/complete');
    const api = await httpTarget(({ path }, response) => {
      response.setHeader('content-type', 'application/json');
      if (path === '/work/claim') response.end(JSON.stringify({ items: [item] }));
      else if (outcomes().length === 1) response.destroy();
      else response.end('{"status":"succeeded"}');
    });
    typescript(() => Promise.resolve('A'), { url: api.url });
    await until('it has called again', () => outcomes().length > 1);
    stopping.abort();
    await served;
    await api.close();
    const bodies = outcomes().map(({ body }) => JSON.parse(body.toString()) as unknown);
    expect(bodies.slice(0, 2)).toEqual(Array(2).fill({ fencingToken: 7, result: 'A' }));
  });
});
