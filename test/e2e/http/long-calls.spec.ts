/** The connections that one account may keep open, so that others find one. */
import { setTimeout as delay } from 'node:timers/promises';
import { LongCalls } from '../../../src/auth/throttle/long-calls';
import { DAY_MS } from '../../../src/common/time/units';
import { ApiUser } from '../../support/cluster';
import { EventReader } from '../../support/event-reader';
import { scrape } from '../../support/metrics';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

let test: TestApp;
beforeAll(async () => (test = await startTestApp({ HTTP_LONG_CALLS: '2' })));
afterAll(() => test.close());

it('an account is refused more waits and streams than its limit, and other accounts are served', async () => {
  const [user, other] = [await ApiUser.register(test.url), await ApiUser.register(test.url)];
  const sleep = { type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 };
  const id = await user.enqueue(sleep);
  const waiting = user.call('GET', `/requests/${id}?wait=60`);
  const stream = await EventReader.open(user);
  const probe = async () => {
    const answer = await user.call('GET', `/requests/${id}?wait=1`);
    return [answer.status, answer.headers.get('retry-after')];
  };
  await until('it may have no more', async () => (await probe())[0] === 429);
  expect(await probe()).toEqual([429, '10']);
  expect((await user.call('GET', '/events')).status).toBe(429);
  expect((await user.call('POST', '/enqueue', sleep, { prefer: 'wait=60' })).status).toBe(202);
  expect((await user.call('GET', `/requests/${id}`)).status).toBe(200);
  const theirs = await other.enqueue({ type: 'echo', payload: 1 });
  expect((await other.call('GET', `/requests/${theirs}?wait=60`)).status).toBe(200);

  stream.close();
  await until('it may again', async () => (await probe())[0] === 200);
  await user.does('POST', `/requests/${id}/cancel`);
  expect((await waiting).status).toBe(200);
});

describe('a call takes as long as it took before the wait that its client asked for', () => {
  const WAIT_MS = 2_500;
  const sleep = { type: 'sleep', payload: { ms: WAIT_MS } };

  /** Enqueues a request of tomorrow, and gives the call up once it has waited. */
  async function leave(user: ApiUser): Promise<void> {
    const gone = new AbortController();
    const call = fetch(`${test.url}/enqueue`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${user.token}`,
        'content-type': 'application/json',
        prefer: 'wait=60',
      },
      body: JSON.stringify({ ...sleep, delayMs: DAY_MS }),
      signal: gone.signal,
    });
    const listed = async () => (await user.get<{ items: object[] }>('/requests')).items.length > 0;
    await until('it is accepted', listed);
    await delay(WAIT_MS);
    gone.abort();
    await expect(call).rejects.toThrow();
  }

  it.each<[string, (user: ApiUser) => Promise<unknown>]>([
    [
      'method="POST",route="/enqueue",status="2xx"',
      (user) => user.call('POST', '/enqueue', sleep, { prefer: 'wait=60' }),
    ],
    ['method="POST",route="/enqueue",status="gone"', leave],
    [
      'method="GET",route="/requests/:id",status="2xx"',
      async (user) => user.call('GET', `/requests/${await user.enqueue(sleep)}?wait=60`),
    ],
  ])('%s', async (labels, wait) => {
    const short = `turnwise_http_request_duration_seconds_bucket{le="2",${labels}}`;
    const count = async () => (await scrape(test.url))(short) || 0;
    const before = await count();
    // On a busy machine, the rest of a call can take two seconds too.
    await until('a call took less time than it waited', async () => {
      await wait(await ApiUser.register(test.url));
      return (await count()) > before;
    });
  });
});

it('a key that has ended while its call waited is told nothing', async () => {
  const user = await ApiUser.register(test.url);
  const { id: account } = await user.get<{ id: string }>('/auth/me');
  const made = await user.call('POST', '/auth/api-keys', { name: 'waits', scopes: ['enqueue', 'read'] });
  const { id: keyId, key } = (await made.json()) as { id: string; key: string };
  const program = ApiUser.withKey(test.url, key);
  const sleep = { type: 'sleep', payload: { ms: 600_000 }, timeoutMs: 3_600_000 };
  const id = await user.enqueue(sleep);
  const waits = [
    program.call('GET', `/requests/${id}?wait=60`),
    program.call('POST', '/enqueue', sleep, { prefer: 'wait=60' }),
  ];
  await until('both wait', () => !test.app.get(LongCalls, { strict: false }).hasRoom(account));
  await user.does('DELETE', `/auth/api-keys/${keyId}`);
  await user.does('DELETE', '/queue/requests');
  await user.does('POST', `/requests/${id}/cancel`);
  expect((await Promise.all(waits)).map(({ status }) => status)).toEqual([401, 202]);
});
