/** The lists, audits and large requests that one account may have a process serve. */
import { CostlyCalls } from '../../../src/auth/throttle/costly-calls';
import { ApiUser } from '../../support/cluster';
import { startTestApp, TestApp } from '../../support/test-app';
import { until } from '../../support/until';

let test: TestApp;
beforeAll(async () => (test = await startTestApp({ HTTP_COSTLY_CALLS: '1' })));
afterAll(() => test.close());

/** Takes the user's turn, and all places in which calls wait for it. @returns gives them back */
async function holdTurnsOf(user: ApiUser): Promise<() => Promise<unknown>> {
  const { id } = await user.get<{ id: string }>('/auth/me');
  let end: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (end = resolve));
  const { signal } = new AbortController();
  const all = Array.from({ length: 101 }, () => test.app.get(CostlyCalls).inTurn(id, signal, () => held));
  return () => {
    end();
    return Promise.all(all);
  };
}

it('the lists of an account run one at a time, a hundred wait, more are refused, and other accounts are served', async () => {
  const [user, other] = [await ApiUser.register(test.url), await ApiUser.register(test.url)];
  await until('the shards are open', async () => (await user.call('GET', '/queue')).status === 200);
  const end = await holdTurnsOf(user);
  const paths = ['/requests?limit=200', '/requests?q=x', '/queue/audit?last=1000'];
  for (const path of paths) {
    const refused = await user.call('GET', path);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect((await other.call('GET', path)).status).toBe(200);
  }
  expect((await user.call('GET', '/queue')).status).toBe(200);
  await end();
  for (const path of paths) expect((await user.call('GET', path)).status).toBe(200);
});

it('a read of a large request waits for its turn, and no small one and no change does', async () => {
  const user = await ApiUser.register(test.url);
  const enqueue = (payload: string) => user.enqueue({ type: 'echo', payload, delayMs: 86_400_000 });
  const [small, large] = [await enqueue('x'), await enqueue('x'.repeat(16 * 1024))];
  const end = await holdTurnsOf(user);
  expect((await user.call('GET', `/requests/${large}`)).status).toBe(429);
  expect((await user.call('GET', `/requests/${small}`)).status).toBe(200);
  expect((await user.call('POST', `/requests/${large}/cancel`)).status).toBe(200);
  await end();
  expect((await user.call('GET', `/requests/${large}`)).status).toBe(200);
});

it('a list is not read if its client has gone while it waited', async () => {
  const costly = test.app.get(CostlyCalls);
  const here = new AbortController();
  let end: () => void = () => undefined;
  const first = costly.inTurn('one', here.signal, () => new Promise<void>((resolve) => (end = resolve)));
  let made = 0;
  const second = costly.inTurn('one', here.signal, async () => (made += 1));
  const third = costly.inTurn('one', new AbortController().signal, async () => (made += 1));
  const refused = expect(second).rejects.toMatchObject({ code: 'unavailable' });
  await new Promise(setImmediate);
  here.abort();
  end();
  await Promise.all([first, refused]);
  expect([await third, made]).toEqual([1, 1]);
});
