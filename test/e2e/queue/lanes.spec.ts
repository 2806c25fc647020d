import { QueueDriver } from '../../support/queue-driver';
import { countRecoveries, QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { until } from '../../support/until';

let fixture: QueueFixture;
let one: QueueProcess;
let users = 0;
let user: QueueDriver;

beforeAll(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process({ QUEUE_SHARDS: '1' });
});
afterAll(() => fixture.stop());
beforeEach(() => {
  users += 1;
  user = new QueueDriver(one, `lanes-${users}`);
});

const asleep = (lane: string) =>
  fixture.redis.client().zrange(lane === 'main' ? '{tw0}:asleep' : `{tw0}:asleep:${lane}`, 0, -1);

it('gives a request only to workers of its lane, and keeps the order between lanes', async () => {
  await user.accept('a', { lane: 'gpu' });
  await user.accept('b');
  expect(await user.claim('plain')).toBeUndefined();
  const a = await user.claim('special', { lanes: 'gpu' });
  expect(a).toMatchObject({ requestId: 'a' });
  // The next is of another lane: it is not handed to the one who settles.
  expect(await user.settle('a', a!.token, { want: 'next' }, 'gpu')).toEqual({ outcome: 'settled' });
  expect(await user.claim('special', { lanes: 'gpu' })).toBeUndefined();
  expect(await user.claim('plain')).toMatchObject({ requestId: 'b' });
});

it('serves several lanes by one worker', async () => {
  await user.accept('a', { lane: 'gpu' });
  await user.accept('b');
  const a = await user.claim('both', { lanes: 'gpu main' });
  const settled = await user.settle('a', a!.token, { want: 'next' }, 'gpu main');
  expect(settled).toMatchObject({ outcome: 'settled', next: { requestId: 'b' } });
});

it('moves a user to the lane of a new head', async () => {
  await user.accept('b');
  const held = await user.hold('later', { lane: 'gpu' });
  if (held.outcome !== 'held') throw new Error('not held');
  await user.confirm('later', held.seq);
  await user.permitted((permit) => one.queues.remove(permit, user.userId, 'b'));
  expect(await user.claim('plain')).toBeUndefined();
  expect(await user.claim('special', { lanes: 'gpu' })).toMatchObject({ requestId: 'later' });
});

it('wakes a worker of the lane, and leaves the others asleep', async () => {
  for (const [name, lanes] of [
    ['plain', 'main'],
    ['special', 'gpu'],
    ['both', 'gpu main'],
  ] as const)
    await user.askFor(name, { lanes });
  const heard: string[] = [];
  const subscriber = fixture.redis.client();
  subscriber.on('message', (channel: string) => heard.push(channel));
  await subscriber.subscribe('tw:worker:plain', 'tw:worker:special', 'tw:worker:both');
  await user.accept('a', { lane: 'gpu' });
  await until('one is woken', async () => heard.length > 0);
  expect(heard).toEqual(['tw:worker:special']);
  expect([await asleep('main'), await asleep('gpu')]).toEqual([['plain', 'both'], ['both']]);
  await user.claim('special', { lanes: 'gpu' });
});

it('restores requests into their lanes', async () => {
  await user.accept('a', { lane: 'gpu' });
  const recovered = countRecoveries(one);
  await fixture.redis.client().flushall();
  await user.askFor().catch(() => undefined);
  await until('the shard is rebuilt', async () => recovered() > 0);
  await fixture.open(one.queues);
  // No document stands behind what these tests hold, so nothing is restored; but the lane is not lost for others.
  await user.accept('c', { lane: 'gpu' });
  expect(await user.claim('special', { lanes: 'gpu' })).toMatchObject({ requestId: 'c' });
});

it('gives the next due time to one sleeper, and to another if that one does not come', async () => {
  const runAt = Date.now() + 3_600_000;
  await user.accept('a', { runAt });
  const first = await user.askFor('first');
  expect(first.nextDueAt).toBeDefined();
  expect((await user.askFor('second')).nextDueAt).toBeUndefined();
  expect((await user.askFor('first')).nextDueAt).toBe(first.nextDueAt);
  // An earlier one is another matter.
  const sooner = new QueueDriver(one, `${user.userId}-b`);
  await sooner.accept('b', { runAt: runAt - 60_000 });
  expect((await user.askFor('second')).nextDueAt).toBeLessThan(first.nextDueAt!);
  expect((await user.askFor('first')).nextDueAt).toBeUndefined();
  // The one who was told has not come in time.
  await fixture.redis.client().hset('{tw0}:shard', 'alarm main', `${Date.now() - 1} second`);
  expect((await user.askFor('first')).nextDueAt).toBeDefined();
});

it('passes a wake-up on if the woken worker is leaving', async () => {
  const lanes = 'passing';
  const heard: string[] = [];
  const subscriber = fixture.redis.client();
  subscriber.on('message', (channel: string) => heard.push(channel));
  await subscriber.subscribe('tw:worker:first', 'tw:worker:second');
  for (const name of ['first', 'second']) await user.askFor(name, { lanes });
  await user.accept('a', { lane: lanes });
  await user.askFor('first', { lanes, n: 0 });
  await until('the next is woken', async () => heard.length === 2);
  expect(heard).toEqual(['tw:worker:first', 'tw:worker:second']);
  await user.askFor('second', { lanes });
});

it('claims of a lane at the same cost, however many users wait for another', async () => {
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
  const others = Array.from({ length: 1_000 }, (_, i) => new QueueDriver(one, `crowd-${users}-${i}`));
  await Promise.all(others.map((other) => other.accept('a')));
  expect(await costOfClaim()).toBeLessThanOrEqual(alone + 1); // the shard notes the time now and then
  await Promise.all(
    others.map((other) => other.permitted((permit) => one.queues.remove(permit, other.userId, 'a'))),
  );
});

it('wakes one sleeper for the next due request if a poll would come late', async () => {
  const lane = 'soon';
  const heard: string[] = [];
  const subscriber = fixture.redis.client();
  subscriber.on('message', (channel: string) => heard.push(channel));
  await subscriber.subscribe('tw:worker:one', 'tw:worker:two', 'tw:worker:end');
  await user.askFor('one', { lanes: lane });
  await user.askFor('two', { lanes: lane });
  const at = Date.now() + 1_500;
  const scheduled = async (name: string, runAt: number) =>
    new QueueDriver(one, `${user.userId}-${name}`).accept(name, { lane, runAt });
  await scheduled('in an hour', at + 3_600_000);
  await scheduled('soon', at);
  await scheduled('after it', at + 1);
  const publisher = fixture.redis.client();
  await publisher.publish('tw:worker:end', ''); // what was published before it has been heard before it
  await until('all is heard', () => heard.includes('tw:worker:end'));
  expect(heard).toEqual(['tw:worker:one', 'tw:worker:end']);
  expect((await user.askFor('one', { lanes: lane })).nextDueAt).toBe(at);
});

it('forgets workers that have been silent for long: dead ones take no wake-ups from living ones (P5)', async () => {
  const lanes = 'crashing';
  const longAgo = (Date.now() - 80_000) * 1000;
  const dead = Array.from({ length: 20 }, (_, i) => [longAgo, `dead-${i}`]).flat();
  await fixture.redis.client().zadd(`{tw0}:asleep:${lanes}`, ...dead);
  const heard: string[] = [];
  const subscriber = fixture.redis.client();
  subscriber.on('message', (channel: string) => heard.push(channel));
  await subscriber.subscribe('tw:worker:alive');
  expect((await user.askFor('alive', { lanes })).sleepers).toBe(1);
  await user.accept('a', { lane: lanes });
  await until('it is woken', () => heard.length > 0);
});
