/** Which answers of a target are final, and how long a request waits for the next try after the others. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiUser, AppCluster } from '../support/cluster';
import { ended, requestOf } from '../support/enqueued';
import { EventReader } from '../support/event-reader';
import { httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

let cluster: AppCluster;
let url: string;
let target: StubTarget;
/** The target that redirects point to. */
let elsewhere: StubTarget;
/** What the target asks for, one call after the other. */
let wishes: (() => Record<string, string>)[];

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
  elsewhere = await httpTarget((_call, response) => void response.end());
  target = await httpTarget(({ path }, response) => {
    const code = Number(path.slice(1));
    if (path === '/reset') return void response.destroy();
    if (path !== '/wish') return void response.writeHead(code, { location: elsewhere.url }).end();
    const { status = '200', ...headers } = wishes.shift()?.() ?? {};
    response.writeHead(Number(status), headers).end();
  });
});
beforeEach(() => {
  target.calls.length = 0;
});
afterAll(async () => {
  await target.close();
  await elsewhere.close();
  await cluster.stop();
});

const http = (path: string, more: object = {}) => ({
  type: 'http',
  payload: { url: target.url + path, body: 1, headers: { Authorization: 'Bearer x', 'X-Api-Key': 'y' } },
  maxAttempts: 2,
  backoff: { type: 'fixed', delayMs: 50 },
  ...more,
});

it("a failed request waits in place as long as the target's Retry-After says, in seconds or as a date", async () => {
  const user = await ApiUser.register(url);
  const reader = await EventReader.open(user);
  let date = '';
  wishes = [
    () => ({ status: '429', 'retry-after': '2' }),
    () => {
      date = new Date(Date.now() + 4_000).toUTCString();
      return { status: '503', 'retry-after': date };
    },
  ];
  const first = await user.enqueue(http('/wish', { maxAttempts: 5 }));
  const second = await user.enqueue(http('/200'));
  const waits = () => reader.events.filter(({ event }) => event === 'request.retrying');
  await until('it waits', () => waits().length === 1);
  const other = await ApiUser.register(url);
  await ended(other, await other.enqueue(http('/200')));
  expect((await requestOf(user, second)).status).toBe('queued');
  expect(await ended(user, second)).toMatchObject({ status: 'succeeded' });
  const [nextAt = NaN, nextOnDate = NaN] = waits().map(({ data }) =>
    Date.parse(String(data['nextAttemptAt'])),
  );
  const { attempts } = await requestOf(user, first);
  expect(nextAt - Date.parse(attempts[0]!.finishedAt!)).toBe(2_000);
  expect(Math.abs(nextOnDate - Date.parse(date))).toBeLessThan(1_000);
  const starts = attempts.map(({ startedAt }) => Date.parse(startedAt));
  // Both times are by the clock of the same shard.
  expect([starts[1]! >= nextAt, starts[2]! >= nextOnDate]).toEqual([true, true]);
  reader.close();
  const own = target.calls.filter(
    ({ headers }) => headers['idempotency-key'] === first || headers['idempotency-key'] === second,
  );
  expect(own.map(({ path }) => path)).toEqual(['/wish', '/wish', '/wish', '/200']);
});

it.each([
  ['succeed', [204, 206], 'succeeded', 1],
  ['are redirects, which are not followed', [301, 302, 303, 307, 308], 'failed', 1],
  ['are final', [400, 401, 403, 404, 410, 422], 'failed', 1],
  ['are tried again', [408, 425, 429, 500, 502, 503, 504], 'failed', 2],
] as const)('the http handler understands answers that %s: %p', async (_what, codes, status, calls) => {
  await Promise.all(
    codes.map(async (code) => {
      const user = await ApiUser.register(url);
      const seen = await ended(user, await user.enqueue(http(`/${code}`)));
      expect([code, seen.status, seen.attempts.length]).toEqual([code, status, calls]);
      expect([code, seen.error?.code]).toEqual([code, status === 'failed' ? `http_${code}` : undefined]);
      expect(target.calls.filter(({ path }) => path === `/${code}`)).toHaveLength(calls);
    }),
  );
  expect(elsewhere.connections.total).toBe(0);
});

it('a request is retried after a broken connection and after a refused one', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, 'close');
  const user = await ApiUser.register(url);
  const reset = await ended(user, await user.enqueue(http('/reset')));
  const payload = { url: `http://127.0.0.1:${port}/` };
  const refused = await ended(user, await user.enqueue(http('/', { payload })));
  expect(reset.attempts.map(({ error }) => error?.code)).toEqual(['connection_reset', 'connection_reset']);
  expect(refused.attempts.map(({ error }) => error?.code)).toEqual([
    'connection_refused',
    'connection_refused',
  ]);
});
