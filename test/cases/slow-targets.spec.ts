/** Hostile targets, all at once, cost a bounded amount of memory and do not slow other users down. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { COLLECTING, heldMegabytes, MEGABYTE } from '../support/held-memory';
import { httpTarget, StubTarget, tcpTarget } from '../support/stub-target';
import { until } from '../support/until';

const OK = 'HTTP/1.1 200 OK\r\n';
const HEALTHY = Array.from({ length: 20 }, (_, i) => `healthy-${i}`);

/** Writes the same bytes as fast as the socket takes them, until the connection is closed. */
function flood(socket: Socket, bytes: Buffer): void {
  while (socket.writable && socket.write(bytes));
  socket.once('drain', () => flood(socket, bytes));
}

function drip(socket: Socket): void {
  socket.write(`${OK}Content-Length: 1000000\r\n\r\n`);
  const timer = setInterval(() => socket.write('x'), 100);
  socket.once('close', () => clearInterval(timer));
}

const ZEROS = Buffer.alloc(65_536);
/** Decompressed, 1,000 of these are 10 GB; the target sends them without end. */
const BOMB = gzipSync(Buffer.alloc(10 * MEGABYTE));

/** A chunk with one byte of body and 64 KiB of chunk extension. */
const HIDING = Buffer.from(`1;${'z'.repeat(65_000)}\r\nx\r\n`);

type Expected = readonly [status: string, code: string | undefined, truncated: boolean | undefined];
const HOSTILE: Record<string, readonly [talk: (socket: Socket) => void, expected: Expected | 'hangs']> = {
  'sends one byte after the other forever': [drip, 'hangs'],
  'takes everything and is silent': [() => undefined, 'hangs'],
  'sends 2 GB of zeros': [
    (socket) => {
      socket.write(`${OK}Content-Length: 2000000000\r\n\r\n`);
      flood(socket, ZEROS);
    },
    ['succeeded', undefined, true],
  ],
  'sends a compressed bomb': [
    (socket) => {
      socket.write(`${OK}Content-Encoding: gzip\r\n\r\n`);
      flood(socket, BOMB);
    },
    ['succeeded', undefined, true],
  ],
  'hides bytes without end beside its body': [
    (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
      flood(socket, HIDING);
    },
    ['failed', 'answer_invalid', undefined],
  ],
  'sends 100,000 header lines': [
    (socket) => void socket.write(`${OK}${'X-A: aaaaaaaa\r\n'.repeat(100_000)}\r\n`),
    ['failed', 'answer_headers_too_large', undefined],
  ],
  'closes in the middle': [
    (socket) => void socket.end(`${OK}Content-Length: 1000\r\n\r\nx`),
    ['failed', 'connection_reset', undefined],
  ],
  'answers before it has read the body': [
    (socket) => void socket.write(`${OK}Content-Length: 2\r\n\r\nok`),
    ['succeeded', undefined, undefined],
  ],
};

let cluster: AppCluster;
let url: string;
let healthy: StubTarget;
const hostile: StubTarget[] = [];

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all', undefined, COLLECTING));
  healthy = await httpTarget((_call, response) => void response.end('ok'));
});
afterAll(async () => {
  await Promise.all([healthy, ...hostile].map((target) => target.close()));
  await cluster.stop();
});

const work = async (users: readonly ApiUser[], n: number) =>
  Promise.all(
    users.map(async (user) => {
      const payload = { url: healthy.url, body: 'x'.repeat(1000) };
      const ids = [];
      for (let i = 0; i < n; i += 1) ids.push(await user.enqueue({ type: 'http', payload }));
      return Promise.all(ids.map((id) => ended(user, id)));
    }),
  );

it('hostile targets cost little memory, and slow no healthy user down', async () => {
  const users = await Promise.all(HEALTHY.map(() => ApiUser.register(url)));
  await work(users, 5); // a process grows to this by itself
  const before = await heldMegabytes(url);
  const started = await Promise.all(
    Object.entries(HOSTILE).map(async ([name, [talk, expected]]) => {
      const target = await tcpTarget(talk);
      hostile.push(target);
      const user = await ApiUser.register(url);
      const payload = { url: target.url, body: 'x'.repeat(200_000) };
      const limits = { maxAttempts: 1, timeoutMs: 600_000 };
      return { name, user, target, expected, id: await user.enqueue({ type: 'http', payload, ...limits }) };
    }),
  );
  const [answers] = await Promise.all([
    work(users, 10),
    until('all have been called', () => started.every(({ target }) => target.connections.total > 0)),
  ]);
  expect(new Set(answers.flat().map(({ status }) => status))).toEqual(new Set(['succeeded']));
  for (const { name, user, id, expected } of started) {
    if (expected === 'hangs') {
      expect([name, (await requestOf(user, id)).status]).toEqual([name, 'active']);
      continue;
    }
    const { status, error, result } = await ended(user, id);
    expect([name, status, error?.code, result?.['truncated']]).toEqual([name, ...expected]);
    expect(JSON.stringify(result ?? '').length).toBeLessThan(512 * 1024);
  }
  expect((await heldMegabytes(url)) - before).toBeLessThan(50);
  // The garbage collector cannot hide much: an endless answer is read no further than it is kept.
  for (const { name, target, expected } of started)
    if (expected !== 'hangs') expect([name, target.bytesWritten() < 50 * MEGABYTE]).toEqual([name, true]);
  for (const { user, id, target, expected } of started) {
    if (expected !== 'hangs') continue;
    expect((await user.call('POST', `/requests/${id}/cancel`)).status).toBe(200);
    await target.idle();
  }
});

it.each(['sends one byte after the other forever', 'takes everything and is silent'])(
  'an attempt to a target that %s ends with its time limit',
  async (name) => {
    const target = await tcpTarget(HOSTILE[name]![0]);
    hostile.push(target);
    const user = await ApiUser.register(url);
    const request = { type: 'http', payload: { url: target.url }, maxAttempts: 1, timeoutMs: 500 };
    const { attempts, error } = await ended(user, await user.enqueue(request));
    expect([error?.code, attempts[0]?.outcome]).toEqual(['timed_out', 'timed_out']);
    await target.idle();
  },
);
