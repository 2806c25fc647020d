import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ExternalWorker } from '../../support/external-worker';
import { COLLECTING, heldMegabytes, MEGABYTE } from '../../support/held-memory';
import { until } from '../../support/until';

/** The bytes of the body, each in its own chunk. */
const CHUNKS = 900_000;
/** Calls that wait, each with a body of nearly a megabyte. */
const WAITING = 60;

let cluster: AppCluster;
let url: string;
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('api', undefined, COLLECTING));
  user = await ApiUser.register(url);
});
afterAll(() => cluster.stop());

/** A call whose body has yet to come, and the status line of its answer. */
function begin() {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const answer = once(socket, 'data').then(([data]) => String(data).split('\r\n')[0]);
  socket.write('POST /enqueue HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
  socket.write(`Authorization: Bearer ${user.token}\r\n`);
  socket.write('Transfer-Encoding: chunked\r\n\r\n');
  return { socket, answer };
}

it('a body that arrives byte by byte uses no more memory than one that arrives at once', async () => {
  await heldMegabytes(url); // the first measurement itself allocates
  const before = await heldMegabytes(url);
  const { socket, answer } = begin();
  const some = Buffer.from('1\r\n \r\n'.repeat(CHUNKS / 100));
  for (let i = 0; i < 100; i += 1) if (!socket.write(some)) await once(socket, 'drain');
  await until('all has been taken', () => socket.writableLength === 0);
  expect((await heldMegabytes(url)) - before).toBeLessThan(30);
  // The whole time, the body was still arriving.
  socket.write('2\r\n{}\r\n0\r\n\r\n');
  expect(await answer).toBe('HTTP/1.1 422 Unprocessable Entity');
  socket.destroy();
});

describe('calls that wait', () => {
  const blanks = ' '.repeat(900_000);
  let worker: ExternalWorker;
  beforeAll(async () => {
    const admin = await cluster.admin(url);
    worker = await ExternalWorker.of(admin, url, { render: {} });
  });

  it.each<[string, () => string, string, string]>([
    ['an end', () => user.token, '/enqueue', `{"type":"sleep",${blanks}"payload":{"ms":0}}`],
    ['work', () => worker.key, '/work/claim', `{"types":["render"],${blanks}"waitMs":60000}`],
  ])('keep no body while they wait for %s (P5)', async (_what, token, path, body) => {
    const before = await heldMegabytes(url);
    const gone = new AbortController();
    const headers = {
      authorization: `Bearer ${token()}`,
      'content-type': 'application/json',
      prefer: 'wait=60',
    };
    const waiting = new Set<Promise<unknown>>();
    await until('they wait, and keep little', async () => {
      if (waiting.size === WAITING) return (await heldMegabytes(url)) - before < 20;
      // Some are refused: reading the bodies of an account may take a fifth of the time.
      const call: Promise<unknown> = fetch(url + path, { method: 'POST', headers, body, signal: gone.signal })
        .catch(() => undefined)
        .finally(() => waiting.delete(call));
      waiting.add(call);
      await Promise.race([call, delay(200)]);
      return false;
    });
    gone.abort();
    await Promise.all(waiting);
  });
});

it('a chunked body that grows too large is refused', async () => {
  const { socket, answer } = begin();
  const chunk = Buffer.alloc(MEGABYTE / 2 + 1, ' ');
  for (let i = 0; i < 2; i += 1) {
    socket.write(`${chunk.length.toString(16)}\r\n`);
    socket.write(chunk);
    socket.write('\r\n');
  }
  expect(await answer).toBe('HTTP/1.1 413 Payload Too Large');
  socket.destroy();
});
