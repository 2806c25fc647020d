import { QueueDriver } from '../../support/queue-driver';
import { countRecoveries, QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { until } from '../../support/until';

let fixture: QueueFixture;
let one: QueueProcess;
let user: QueueDriver;

beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process({ QUEUE_SHARDS: '1' });
});
afterAll(() => fixture.stop());
beforeEach(() => (user = QueueDriver.ofNewUser(one)));

const asleep = (lane: string) =>
  fixture.redis.client().zrange(lane === 'main' ? '{tw0}:asleep' : `{tw0}:asleep:${lane}`, 0, -1);

/** The names of these workers in the order in which they are woken from now on. */
async function wakeUpsOf(...workers: string[]): Promise<string[]> {
  const woken: string[] = [];
  const subscriber = fixture.redis.client();
  subscriber.on('message', (channel: string) => woken.push(channel.slice('tw:worker:'.length)));
  await subscriber.subscribe(...workers.map((name) => `tw:worker:${name}`));
  return woken;
}

it('a worker gets requests of its lanes only, and the order between lanes is kept', async () => {
  await user.accept('a', { lane: 'gpu' });
  await user.accept('b');
  expect(await user.claim('plain')).toBeUndefined();
  const a = await user.claim('special', { lanes: 'gpu' });
  expect(a).toMatchObject({ requestId: 'a' });
  // The next request is of another lane: the worker that settles does not get it.
  expect(await user.settle('a', a!.token, { want: 'next' }, 'gpu')).toEqual({ outcome: 'settled' });
  expect(await user.claim('special', { lanes: 'gpu' })).toBeUndefined();
  expect(await user.claim('plain')).toMatchObject({ requestId: 'b' });
});

it('one worker serves several lanes', async () => {
  await user.accept('a', { lane: 'gpu' });
  await user.accept('b');
  const a = await user.claim('both', { lanes: 'gpu main' });
  const settled = await user.settle('a', a!.token, { want: 'next' }, 'gpu main');
  expect(settled).toMatchObject({ outcome: 'settled', next: { requestId: 'b' } });
});

it('a user moves to the lane of a new head', async () => {
  await user.accept('b');
  const held = await user.hold('later', { lane: 'gpu' });
  if (held.outcome !== 'held') throw new Error('not held');
  await user.confirm('later', held.seq);
  await user.permitted((permit) => one.queues.remove(permit, user.userId, 'b'));
  expect(await user.claim('plain')).toBeUndefined();
  expect(await user.claim('special', { lanes: 'gpu' })).toMatchObject({ requestId: 'later' });
});

it('a new request wakes a worker of its lane, and no other worker', async () => {
  for (const [name, lanes] of [
    ['plain', 'main'],
    ['special', 'gpu'],
    ['both', 'gpu main'],
  ] as const)
    await user.askFor(name, { lanes });
  const woken = await wakeUpsOf('plain', 'special', 'both');
  await user.accept('a', { lane: 'gpu' });
  await until('one is woken', async () => woken.length > 0);
  expect(woken).toEqual(['special']);
  expect([await asleep('main'), await asleep('gpu')]).toEqual([['plain', 'both'], ['both']]);
  await user.claim('special', { lanes: 'gpu' });
});

it('a lane is served again after its shard was rebuilt', async () => {
  await user.accept('a', { lane: 'gpu' });
  const recovered = countRecoveries(one);
  await fixture.redis.client().flushall();
  await user.askFor().catch(() => undefined);
  await until('the shard is rebuilt', async () => recovered() > 0);
  await fixture.open(one.queues);
  // The first request has no document, so it is not restored.
  await user.accept('c', { lane: 'gpu' });
  expect(await user.claim('special', { lanes: 'gpu' })).toMatchObject({ requestId: 'c' });
});

it('the next due time of a lane goes to one sleeper, and to another if that one does not come', async () => {
  const runAt = Date.now() + 3_600_000;
  await user.accept('a', { runAt });
  const first = await user.askFor('first');
  expect(first.nextDueAt).toBeDefined();
  expect((await user.askFor('second')).nextDueAt).toBeUndefined();
  expect((await user.askFor('first')).nextDueAt).toBe(first.nextDueAt);
  // An earlier due time goes to another sleeper.
  const sooner = new QueueDriver(one, `${user.userId}-b`);
  await sooner.accept('b', { runAt: runAt - 60_000 });
  expect((await user.askFor('second')).nextDueAt).toBeLessThan(first.nextDueAt!);
  expect((await user.askFor('first')).nextDueAt).toBeUndefined();
  // The sleeper with the due time has not come in time.
  await fixture.redis.client().hset('{tw0}:shard', 'alarm main', `${Date.now() - 1} second`);
  expect((await user.askFor('first')).nextDueAt).toBeDefined();
});

it('a worker that leaves passes its wake-up on', async () => {
  const lanes = 'passing';
  const woken = await wakeUpsOf('first', 'second');
  for (const name of ['first', 'second']) await user.askFor(name, { lanes });
  await user.accept('a', { lane: lanes });
  await user.askFor('first', { lanes, n: 0 });
  await until('the next is woken', async () => woken.length === 2);
  expect(woken).toEqual(['first', 'second']);
  await user.askFor('second', { lanes });
});

it('a claim in a lane costs the same however many users wait in another one', async () => {
  const redis = fixture.redis.client();
  const commands = async () => {
    const stats = await redis.info('commandstats');
    const counts = [...stats.matchAll(/^cmdstat_(?!info|config)\S+?:calls=(\d+)/gm)];
    return counts.reduce((sum, [, calls]) => sum + Number(calls), 0);
  };
  const costOfClaim = async () => {
    const before = await commands();
    expect((await user.askFor('special', { lanes: 'rare', n: 10 })).jobs).toEqual([]);
    return (await commands()) - before;
  };
  await user.askFor('special', { lanes: 'rare', n: 10 });
  const alone = await costOfClaim();
  const others = Array.from({ length: 1_000 }, (_, i) => new QueueDriver(one, `${user.userId}-${i}`));
  await Promise.all(others.map((other) => other.accept('a')));
  expect(await costOfClaim()).toBeLessThanOrEqual(alone + 1); // the shard notes the time now and then
  await Promise.all(
    others.map((other) => other.permitted((permit) => one.queues.remove(permit, other.userId, 'a'))),
  );
});

it('one sleeper is woken for the next due request of its lane if a poll would come too late', async () => {
  let [seen, expected]: object[] = [];
  let tries = 0;
  await until('all is seen before it is due', async () => {
    tries += 1;
    const [lane, first, second, end] = [`soon-${tries}`, `one-${tries}`, `two-${tries}`, `end-${tries}`];
    const woken = await wakeUpsOf(first, second, end);
    await user.askFor(first, { lanes: lane });
    await user.askFor(second, { lanes: lane });
    const scheduled = async (name: string, runAt: number) =>
      new QueueDriver(one, `${user.userId}-${name}-${tries}`).accept(name, { lane, runAt });
    await scheduled('in an hour', Date.now() + 3_600_000);
    const at = Date.now() + 1_900; // within SOON of the scripts
    await scheduled('soon', at);
    await scheduled('after it', at + 1);
    const publisher = fixture.redis.client();
    await publisher.publish(`tw:worker:${end}`, ''); // messages that were published before this one arrive before it
    await until('the last message arrives', () => woken.includes(end));
    const { nextDueAt } = await user.askFor(first, { lanes: lane });
    seen = { woken, nextDueAt };
    expected = { woken: [first, end], nextDueAt: at };
    return Date.now() < at;
  });
  expect(seen).toEqual(expected);
});

it('a lane forgets workers that have been silent for long, so that dead ones take no wake-ups (P5)', async () => {
  const lanes = 'crashing';
  const longAgo = (Date.now() - 80_000) * 1000;
  const dead = Array.from({ length: 20 }, (_, i) => [longAgo, `dead-${i}`]).flat();
  await fixture.redis.client().zadd(`{tw0}:asleep:${lanes}`, ...dead);
  const woken = await wakeUpsOf('alive');
  expect((await user.askFor('alive', { lanes })).sleepers).toBe(1);
  await user.accept('a', { lane: lanes });
  await until('it is woken', () => woken.length > 0);
});
