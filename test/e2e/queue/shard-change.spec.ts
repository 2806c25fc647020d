import { Test, TestingModule } from '@nestjs/testing';
import { Collection, Connection, createConnection } from 'mongoose';
import { ChangeShards } from '../../../src/admin/commands/change-shards';
import { ChangeShardsModule } from '../../../src/admin/commands/change-shards.module';
import { Journal } from '../../../src/journal/journal.service';
import { EpochStore } from '../../../src/queue/epochs/epoch.store';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import type { ProcessDocument } from '../../../src/queue/epochs/process.store';
import { ShardChangeStore } from '../../../src/queue/epochs/shard-change.store';
import { shardOf, tagOf } from '../../../src/queue/keys';
import { Reconciler } from '../../../src/queue/reconciler.service';
import { ShardSweep } from '../../../src/queue/recovery/shard-sweep';
import { ScriptRunner, ShardClosed } from '../../../src/queue/scripts/script-runner';
import { ShardUnavailable } from '../../../src/queue/shard-unavailable';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { HURRIED, testSettings } from '../../support/test-settings';
import { until } from '../../support/until';
import { requestDocument } from '../journal/record-fixture';

const FROM = 2;
const TO = 5;
const USERS = Array.from({ length: 30 }, (_, i) => `u${i}`);
const nothing = async () => undefined;

let fixture: QueueFixture;
let connection: Connection;
let view: Collection;
beforeEach(async () => {
  fixture = await QueueFixture.start(HURRIED);
  connection = createConnection(fixture.mongodbUri);
  view = connection.collection('view');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await connection.close();
  await fixture.stop();
});

/** Runs with the parts of the command, as a process of it has them. */
async function command(act: (parts: TestingModule) => Promise<unknown>): Promise<unknown> {
  const settings = testSettings({ REDIS_URL: fixture.redis.url, MONGODB_URI: fixture.mongodbUri });
  const parts = await Test.createTestingModule({ imports: [ChangeShardsModule.of(settings)] }).compile();
  await parts.init();
  try {
    return await act(parts);
  } finally {
    await parts.close();
  }
}
const change = (to: number) => command((parts) => parts.get(ChangeShards).run(to, () => undefined));

/** Accepts two requests of each user. @returns their IDs by user */
async function fill(one: QueueProcess): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  for (const userId of USERS)
    for (const n of [0, 1]) {
      const requestId = `${userId}-${n}`;
      const seq = await new QueueDriver(one, userId).accept(requestId);
      await one
        .get(Journal)
        .insert(requestDocument({ _id: requestId, userId, shard: shardOf(userId, FROM), seq }));
      ids.set(userId, [...(ids.get(userId) ?? []), requestId]);
    }
  return ids;
}

/** The IDs of all requests in the order in which they are leased, by user. */
async function served(one: QueueProcess): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>(USERS.map((userId) => [userId, []]));
  for (const user of USERS)
    for (;;) {
      const { jobs } = await new QueueDriver(one, user).askFor(); // of the whole shard
      for (const { userId, requestId, token } of jobs) {
        ids.get(userId)!.push(requestId);
        await new QueueDriver(one, userId).settle(requestId, token);
      }
      if (jobs.length === 0) break;
    }
  return ids;
}

/** Makes the command fail at its n-th step, counted from 0, as if it was killed. */
function breakOff(store: ShardChangeStore, n: number): void {
  const [begin, extend, end] = [store.begin.bind(store), store.extend.bind(store), store.end.bind(store)];
  let left = n;
  const step = () => {
    if (left-- === 0) throw new Error('killed');
  };
  jest.spyOn(store, 'begin').mockImplementation(async (to) => (step(), begin(to)));
  jest.spyOn(store, 'extend').mockImplementation(async () => (step(), extend()));
  jest.spyOn(store, 'end').mockImplementation(async (to, epoch) => (step(), end(to, epoch)));
}

it('a change of the number of shards may fail before any step and run again; no process serves in between (P1, P2, P3)', async () => {
  const one = await fixture.process();
  const ids = await fill(one);
  await one.close();
  let broken = 0;
  for (let isDone = false; !isDone; broken += 1) {
    isDone = await command(async (parts) => {
      breakOff(parts.get(ShardChangeStore), broken);
      await parts.get(ChangeShards).run(TO, () => undefined);
    }).then(
      () => true,
      () => false,
    );
    if (isDone || broken === 0) continue;
    await expect(fixture.process()).rejects.toThrow('is being changed from 2 to 5');
    await expect(change(TO)).rejects.toThrow('Another such command is running');
    await view.updateOne({}, { $set: { 'shardChange.until': new Date(0) } }); // a minute later
  }
  expect(broken).toBeGreaterThan(3);
  const other = await fixture.process({ QUEUE_SHARDS: `${TO}` });
  expect(await served(other)).toEqual(ids);
});

it('a process that was frozen during the change gives out no permit (P1)', async () => {
  const one = await fixture.process();
  await command((parts) => parts.get(ShardChangeStore).begin(TO));
  const epochs = one.get(EpochView);
  await expect(epochs.refresh()).rejects.toThrow('is being changed from 2 to 5');
  expect(() => epochs.permit(0)).toThrow(ShardUnavailable);
  await command(async (parts) => {
    await view.updateOne({}, { $set: { 'shardChange.until': new Date(0) } });
    const store = parts.get(ShardChangeStore);
    await store.begin(TO);
    await store.end(TO, 7);
  });
  await expect(epochs.refresh()).rejects.toThrow('QUEUE_SHARDS is 2, but this database was set up with 5');
});

it('a command ends if another one has taken over', async () => {
  await (await fixture.process()).close();
  await command(async (slow) => {
    await slow.get(ShardChangeStore).begin(TO);
    await view.updateOne({}, { $set: { 'shardChange.until': new Date(0) } });
    await change(TO);
    await expect(slow.get(ShardChangeStore).extend()).rejects.toThrow('another command has taken over');
    await expect(slow.get(ShardChangeStore).end(3, 9)).rejects.toThrow('another command has taken over');
  });
  expect(await view.findOne()).toMatchObject({ shardCount: TO });
});

it('the command opens the shards above the epochs of processes that served while it waited (P1)', async () => {
  const epochs = async () => Object.values<number>((await view.findOne())!['shardEpochs']);
  await (await fixture.process()).close();
  let raised: number[] = [];
  await command(async (parts) => {
    const store = parts.get(ShardChangeStore);
    const begin = store.begin.bind(store);
    jest.spyOn(store, 'begin').mockImplementation(async (to) => {
      for (let starts = 0; starts < 2; starts++) {
        await fixture.redis.client().flushall();
        await (await fixture.process()).close();
      }
      await fixture.redis.client().flushall(); // or Redis would refuse older ones
      raised = await epochs();
      return begin(to);
    });
    await parts.get(ChangeShards).run(TO, () => undefined);
  });
  expect(raised).toHaveLength(FROM);
  expect(Math.min(...(await epochs()))).toBeGreaterThan(Math.max(...raised));
});

it('the command does not empty a shard that is served again (P2)', async () => {
  const one = await fixture.process();
  const ids = await fill(one);
  const shard = shardOf('u1', FROM);
  const epoch = one.get(EpochView).epochOf(shard)!;
  const key = `${tagOf(shard)}:u1:wait`;
  await command(async (slow) => {
    await slow.get(EpochStore).ensure(); // so that it knows its installation
    await expect(slow.get(ShardSweep).run(FROM, epoch - 1, nothing)).rejects.toThrow(ShardClosed);
    await expect(slow.get(ScriptRunner).run('sweep', shard, epoch, [key])).rejects.toThrow(ShardClosed);
  });
  expect(await served(one)).toEqual(ids);
});

it('the reconciler repairs what a frozen process has written for a shard that no longer exists (P3)', async () => {
  const one = await fixture.process();
  const late = requestDocument({ userId: 'u1', shard: 7 });
  await one.get(Journal).insert(late);
  const reconciler = one.get(Reconciler);
  await reconciler.runOnce(-60_000);
  await reconciler.runOnce(-60_000);
  expect(await new QueueDriver(one, 'u1').claim()).toMatchObject({ requestId: late._id, lookUp: 'doubtful' });
});

it('the command refuses while a process runs, and does not stop it', async () => {
  const one = await fixture.process();
  await expect(change(TO)).rejects.toThrow(/process .* is running: stop every process first/);
  await one.get(EpochView).refresh();
  expect(await view.findOne()).not.toHaveProperty('shardChange');
});

it('the command removes a dead process from the list once it was silent for as long as its view lasts (P1)', async () => {
  await (await fixture.process()).close();
  const durations = { leaseMs: 100, viewMs: 300, holdMs: 100 };
  const times = { startedAt: new Date(), beatAt: new Date(), durations, acknowledged: {}, clock: 0 };
  const dead = { host: 'elsewhere', role: 'worker', ...times };
  await connection.collection<ProcessDocument>('processes').insertOne({ _id: 'dead', ...dead });
  const said: string[] = [];
  await command((parts) => parts.get(ChangeShards).run(TO, (line) => said.push(line)));
  expect(said[0]).toBe('Waiting up to 2 s to see whether worker process dead on elsewhere is alive.');
  await until(
    'it is off the list',
    async () => (await connection.collection('processes').countDocuments()) === 0,
  );
});
