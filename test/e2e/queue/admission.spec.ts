import { Collection, Connection, createConnection } from 'mongoose';
import { Shutdown } from '../../../src/common/process/shutdown';
import { LAYOUTS } from '../../../src/queue/epochs/layouts';
import type { ProcessDocument } from '../../../src/queue/epochs/process.store';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import type { StoredEpochDocument } from '../../../src/queue/epochs/epoch-document';
import { EpochStore } from '../../../src/queue/epochs/epoch.store';
import { RedisOwner } from '../../../src/queue/recovery/foreign-redis';
import { countRecoveries, QueueFixture } from '../../support/queue-fixture';
import { uniqueDatabase } from '../../support/mongo-database';
import { QueueDriver } from '../../support/queue-driver';
import { HURRIED, testSettings } from '../../support/test-settings';
import { until } from '../../support/until';

const newest = LAYOUTS.max;
const NEXT = { min: newest, max: newest + 1 };

let fixture: QueueFixture;
let connection: Connection;
let processes: Collection<ProcessDocument>;
let view: Collection<StoredEpochDocument>;
beforeEach(async () => {
  fixture = await QueueFixture.start(HURRIED);
  connection = createConnection(fixture.mongodbUri);
  processes = connection.collection<ProcessDocument>('processes');
  view = connection.collection<StoredEpochDocument>('view');
});
afterEach(async () => {
  die();
  await connection.close();
  await fixture.stop();
});

/** Lists a foreign process; without `given`, one of 0.1.0. */
const list = (given: Partial<ProcessDocument> = {}) =>
  processes.insertOne({
    ...{ _id: 'other', host: 'elsewhere', role: 'worker', startedAt: new Date(), heartbeatAt: new Date() },
    ...{ acknowledged: {}, clock: 0, ...given },
  });

let heart: NodeJS.Timeout | undefined;
/** Keeps the heartbeat of the foreign process going until `die`. */
function beat() {
  heart = setInterval(
    () => void processes.updateOne({ _id: 'other' }, { $set: { beatAt: new Date() } }),
    100,
  );
}
const die = () => clearInterval(heart);

describe('the durations of the processes', () => {
  const { leaseMs, viewMs, holdMs } = testSettings(HURRIED).queue;
  const durations = { leaseMs: viewMs, viewMs: 5 * viewMs, holdMs };

  it('keep a process from starting that would break an inequality with a running one (P1)', async () => {
    await list({ durations });
    beat();
    await expect(fixture.process()).rejects.toThrow(`VIEW_MS must be more than LEASE_MS of ${viewMs}.`);
    die();
    expect(await processes.countDocuments()).toBe(1);
  });

  it('do not keep a process from starting beside a dead one', async () => {
    await list({ durations: { leaseMs: 1200, viewMs: 1300, holdMs: 300 } });
    const starting = fixture.process({ VIEW_MS: '1200', LEASE_MS: '700', HOLD_MS: '300' });
    await expect(starting).resolves.toBeDefined(); // with every shard open
  });

  it('are listed', async () => {
    await fixture.process();
    expect(await processes.findOne()).toMatchObject({
      durations: { leaseMs, viewMs, holdMs },
      layouts: LAYOUTS,
    });
  });
});

describe('the versions in the database', () => {
  it.each([
    [
      { layout: newest + 1 },
      `Redis is served in layout ${newest + 1}, which this version of Turnwise does not know`,
    ],
    [{ schema: 99 }, 'This database has schema 99, which this version of Turnwise does not know'],
  ])('keep a process from starting on %j', async (change, sentence) => {
    await (await fixture.process()).close();
    await view.updateOne({ _id: 'view' }, { $set: change });
    await expect(fixture.process()).rejects.toThrow(sentence);
  });

  it('are raised to a new layout, and every shard is rebuilt, once all running processes know it', async () => {
    const old = await fixture.process();
    const one = await fixture.process({}, NEXT);
    const queue = new QueueDriver(one, 'u1');
    await queue.accept('kept out of the record, so the rebuild forgets it');
    await until(
      'the newer one has looked around',
      async () => (await one.get(EpochStore).read()).layout === newest,
    );
    await one.get(EpochView).refresh();
    expect(one.get(EpochView).layout).toBe(newest);
    const recoveries = countRecoveries(one);
    await old.close();
    await until('the layout is raised', () => one.get(EpochView).layout === newest + 1);
    await fixture.open(one.queues);
    expect(recoveries()).toBe(2);
    expect(await one.queues.snapshot('u1')).toMatchObject({ depth: 0 });
  });

  it('end a running process that meets an unknown layout: it gives out no permit (P1)', async () => {
    const old = await fixture.process();
    const ended: string[] = [];
    old.get(Shutdown).onReplace(() => ended.push('asked'));
    await old.get(EpochStore).raiseLayout(newest, newest + 1);
    await until('it asks for its end', () => ended.length > 0);
    expect(old.get(Shutdown).exitCode).toBe(78);
    expect(() => old.queues.permit('u1')).toThrow('cannot see the state of the queues');
  });

  it('are raised once processes of 0.1.0 have ended, and their requests are served', async () => {
    await (await fixture.process()).close();
    const { shardCount = 0, shardEpochs } = (await view.findOne())!;
    const unset = { layout: 1, schema: 1, installation: 1, shardCount: 1, shardEpochs: 1 } as const;
    await fixture.redis.client().flushdb();
    await view.updateOne(
      { _id: 'view' },
      { $set: { shards: shardCount, epochs: shardEpochs! }, $unset: unset },
    );
    await processes.createIndex({ heartbeatAt: 1 }, { expireAfterSeconds: 600 });
    await list();
    beat();
    let isOpen = false;
    const starting = fixture.process().finally(() => (isOpen = true));
    await until('an installation is named', async () => (await view.findOne())?.installation !== undefined);
    expect(await view.findOne()).toMatchObject({ shards: shardCount });
    expect(isOpen).toBe(false);
    die();
    await processes.deleteOne({ _id: 'other' });
    await starting;
    const stored = (await view.findOne())!;
    // What a process of 0.1.0 reads: another number of shards than its own, and no epochs.
    expect(stored).toMatchObject({
      shards: expect.stringContaining('newer than 0.1.0'),
      shardCount,
      layout: newest,
    });
    expect(stored.epochs).toBeUndefined();
    expect(Object.values(stored.shardEpochs!).every((epoch, i) => epoch > shardEpochs![i]!)).toBe(true);
    expect((await processes.indexes()).map(({ name }) => name)).toEqual(['_id_']);
  });
});

describe('a second installation on one Redis', () => {
  const beside = () => QueueFixture.on({ redis: fixture.redis, mongodbUri: uniqueDatabase() });

  it('does not start, and the first continues (P3)', async () => {
    const one = await fixture.process();
    const recoveries = countRecoveries(one);
    const second = beside();
    await expect(second.process()).rejects.toThrow(
      `This Redis serves another installation of Turnwise (${one.get(EpochStore).installation};`,
    );
    await second.stopProcesses();
    expect(await new QueueDriver(one, 'u1').accept('a')).toBeGreaterThan(0);
    expect(recoveries()).toBe(0);
  });

  it('rebuilds nothing when Redis has been given to another installation', async () => {
    const one = await fixture.process();
    const epochs = async () => (await one.get(EpochStore).read()).epochs;
    const before = await epochs();
    const looks = jest.spyOn(one.get(RedisOwner), 'mustBeUs').mock.calls;
    await fixture.redis.client().hset('{tw0}:shard', 'epoch', '1 another');
    const user = ['u1', 'u2', 'u3', 'u4'].find((each) => one.queues.shardOf(each) === 0)!;
    // The second look comes after all that the first one leads to.
    await until('it has looked twice', async () => {
      expect(await one.queues.snapshot(user)).toBeUndefined();
      return looks.length >= 2;
    });
    expect(await epochs()).toEqual(before);
    expect(await fixture.redis.client().hget('{tw0}:shard', 'epoch')).toBe('1 another');
  });

  it('may use a Redis that was emptied', async () => {
    await (await fixture.process()).close();
    await fixture.redis.client().flushdb();
    const second = beside();
    const two = await second.process();
    expect(await two.queues.snapshot('u1')).toBeDefined();
    await second.stopProcesses();
  });
});
