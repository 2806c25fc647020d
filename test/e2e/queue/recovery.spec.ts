import { createConnection } from 'mongoose';
import type { RequestDocument } from '../../../src/journal/request-document';
import { Clock } from '../../../src/common/time/clock';
import { shardOf, tagOf } from '../../../src/queue/keys';
import { Acknowledgements } from '../../../src/queue/recovery/acknowledgements';
import { Reconciler } from '../../../src/queue/reconciler.service';
import { ScriptRunner, ShardClosed } from '../../../src/queue/scripts/script-runner';
import { ShardScripts } from '../../../src/queue/scripts/shard-scripts.service';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { Journal } from '../../../src/journal/journal.service';
import { QueueDriver } from '../../support/queue-driver';
import { countRecoveries, QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { HURRIED } from '../../support/test-settings';
import { until } from '../../support/until';
import { requestDocument } from '../journal/record-fixture';

const NO_CUTOFF = { until: 9e15, steps: 0 };
const SHARDS = 2;

describe('a shard whose history in Redis was lost', () => {
  let fixture: QueueFixture;
  beforeEach(async () => {
    fixture = await QueueFixture.start(HURRIED);
  });
  afterEach(() => fixture.stop());

  const pendingOf = (userId: string, given: Partial<RequestDocument> = {}) =>
    requestDocument({ userId, shard: shardOf(userId, SHARDS), ...given });

  it('is opened by another process if its recovery is stuck, and not wiped when that continues (P5)', async () => {
    const slow = await fixture.process();
    const acknowledgements = slow.get(Acknowledgements);
    const waitFor = acknowledgements.waitFor.bind(acknowledgements);
    let thaw: () => void = () => undefined;
    const thawed = new Promise<void>((resolve) => (thaw = resolve));
    let frozen = 0;
    const freezing = jest.spyOn(acknowledgements, 'waitFor').mockImplementation(async (...args) => {
      const highestSeq = await waitFor(...args);
      frozen += 1;
      await thawed;
      return highestSeq;
    });
    await lose('kill');
    await until('both shards are in the middle', async () => {
      await slow.queues.snapshot('u1'); // finds the shard closed
      return frozen === 2;
    });
    const other = await fixture.process(); // takes them over, because the stuck process makes no progress
    const recoveries = countRecoveries(other);
    freezing.mockRestore();
    thaw();
    await until(
      'it has found that they are not its own',
      async () => (await slow.queues.snapshot('u1')) !== undefined,
    );
    await other.get(ScriptRunner).run('probe', 0, other.get(EpochView).epochOf(0)!, []);
    await other.get(ScriptRunner).run('probe', 1, other.get(EpochView).epochOf(1)!, []);
    expect(recoveries()).toBe(0);
  });

  it('is rebuilt also if 0.1.0 had opened it under a later epoch (P3)', async () => {
    const one = await fixture.process();
    const document = pendingOf('u1');
    await one.get(Journal).insert(document);
    await fixture.redis.client().hset(`${tagOf(document.shard)}:shard`, 'epoch', 4);
    await until('the loss is noticed', async () => (await one.queues.snapshot('u1')) === undefined);
    await fixture.open(one.queues);
    expect((await claimAll(one)).map(({ requestId }) => requestId)).toEqual([document._id]);
  });

  it('does not take the time from the process that rebuilds it (P5)', async () => {
    const one = await fixture.process();
    jest.spyOn(one.get(Clock), 'wall').mockImplementation(() => Date.now() + 3_600_000);
    await lose('kill');
    await until('the loss is noticed', async () => (await one.queues.snapshot('u1')) === undefined);
    await fixture.open(one.queues);
    const runAt = Date.now() + 60_000;
    const held = await new QueueDriver(one, 'u1').hold('scheduled', { runAt });
    expect(held).toMatchObject({ seq: runAt * 1000 });
  });

  /** Claims everything that may start in both shards. */
  async function claimAll(one: QueueProcess, name = 'w1') {
    const scripts = one.get(ShardScripts);
    const view = one.get(EpochView);
    const item = { worker: { name, lanes: 'main' }, n: 100, leaseMs: 60_000, cutoff: NO_CUTOFF };
    const replies = [0, 1].map((shard) => scripts.claim(shard, view.epochOf(shard)!, item));
    return (await Promise.all(replies)).flatMap(({ jobs }) => jobs);
  }

  async function lose(how: 'flush' | 'kill') {
    if (how === 'kill') return fixture.redis.killAndRestart();
    await fixture.redis.client().flushall();
  }

  it.each(['flush', 'kill'] as const)(
    'is rebuilt from MongoDB after a %s, in order, and one write raises all shards',
    async (how) => {
      const one = await fixture.process();
      const view = one.get(EpochView);
      expect([view.epochOf(0), view.epochOf(1)]).toEqual([1, 1]);
      const journal = one.get(Journal);
      const documents = ['u1', 'u2'].flatMap((user) => [pendingOf(user), pendingOf(user), pendingOf(user)]);
      for (const document of documents) await journal.insert(document);
      const recoveries = countRecoveries(one);
      await lose(how);
      await until('the loss is noticed', async () => (await one.queues.snapshot('u1')) === undefined);
      await fixture.open(one.queues);
      expect(recoveries()).toBe(2);
      expect([view.epochOf(0), view.epochOf(1)]).toEqual([2, 2]);
      const given = await claimAll(one);
      expect(given.map(({ requestId, lookUp }) => ({ requestId, lookUp }))).toEqual(
        expect.arrayContaining([
          { requestId: documents[0]!._id, lookUp: 'doubtful' },
          { requestId: documents[3]!._id, lookUp: 'doubtful' },
        ]),
      );
      expect(given).toHaveLength(2);
      const { positions } = (await one.queues.snapshot(
        'u1',
        documents.map(({ _id }) => _id),
      ))!;
      expect([...positions.values()]).toEqual([0, 1, 2]);
      // Tokens of the new epoch are above all of the old one.
      expect(given.every(({ token }) => token > 2 * 2 ** 32)).toBe(true);
    },
  );

  it('does not prolong a backoff that began by a clock that was ahead (P5)', async () => {
    const one = await fixture.process();
    const began = Date.now() + 3_600_000;
    const attempt = { number: 1, outcome: 'failed' as const, worker: 'w1', finishedAt: new Date(began) };
    const notBefore = new Date(began + 1000);
    const retrying = pendingOf('u1', { attemptsMade: 1, attempts: [attempt], notBefore });
    await one.get(Journal).insert(retrying);
    await lose('flush');
    await one.queues.snapshot('u1');
    await fixture.open(one.queues);
    expect((await claimAll(one)).map(({ requestId }) => requestId)).toEqual([retrying._id]);
  });

  it('keeps a retrying request at the head with its backoff, and a scheduled one at its time', async () => {
    const one = await fixture.process();
    const journal = one.get(Journal);
    const runAt = Date.now() + 3_600_000;
    const retrying = pendingOf('u1', { attemptsMade: 2, notBefore: new Date(runAt) });
    const scheduled = pendingOf('u1', { seq: runAt * 1000, runAt: new Date(runAt) });
    // From a host whose clock was ahead: its seq is in the future, but it does not wait. (P2)
    const ahead = pendingOf('u1', { seq: (Date.now() + 60_000) * 1000 });
    for (const document of [retrying, ahead, scheduled]) await journal.insert(document);
    await lose('flush');
    await one.queues.snapshot('u1');
    await fixture.open(one.queues);
    expect(await claimAll(one)).toEqual([]);
    const snapshot = await one.queues.snapshot('u1', [retrying._id, ahead._id, scheduled._id]);
    expect(snapshot).toMatchObject({ depth: 2, scheduled: 1, nextDueAt: runAt });
    expect([...snapshot!.positions.values()]).toEqual([0, 1]);
    const held = await new QueueDriver(one, 'u1').hold('new');
    expect(held).toMatchObject({ outcome: 'held', position: 2 });
    expect(held.outcome === 'held' && held.seq > ahead.seq).toBe(true);
  });

  it("gives a seq above that of a scheduled request that has started, also if the server's clock is behind (P2)", async () => {
    const one = await fixture.process();
    const runAt = Date.now() + 60_000; // in the past by the clock of the server that started it
    const started = { runAt: new Date(runAt), attemptsMade: 1, notBefore: new Date(runAt) };
    await one.get(Journal).insert(pendingOf('u1', { ...started, seq: runAt * 1000 }));
    await lose('flush');
    await one.queues.snapshot('u1');
    await fixture.open(one.queues);
    expect(await new QueueDriver(one, 'u1').accept('new')).toBeGreaterThan(runAt * 1000);
  });

  it("continues with the server's time, however far ahead a request is scheduled (P2)", async () => {
    const one = await fixture.process();
    const queue = new QueueDriver(one, 'u1');
    const inAnHour = Date.now() + 3_600_000;
    const scheduled = await queue.accept('scheduled', { runAt: inAnHour });
    expect(scheduled).toBeGreaterThanOrEqual(inAnHour * 1000);
    await one.get(Journal).insert(pendingOf('u1', { seq: scheduled, runAt: new Date(inAnHour) }));
    await lose('flush');
    await one.queues.snapshot('u1');
    await fixture.open(one.queues);
    expect(await queue.accept('new')).toBeLessThan(scheduled);
  });

  it('stays closed until every process has finished what it began under the old epoch (P1)', async () => {
    // A process that is silent for the view is waited for no longer.
    const unhurried = { LEASE_MS: '10000', VIEW_MS: '30000', HOLD_MS: '5000' };
    const [one, other] = [await fixture.process(unhurried), await fixture.process(unhurried)];
    const work = other.queues.permit('u1');
    const stays = other.queues.permit('u2');
    stays.release();
    await lose('flush');
    await one.queues.snapshot('u1');
    await until('the epoch is raised', () => one.get(EpochView).epochOf(work.shard) === 2);
    await until('the other process has seen it', () => !work.isValid());
    // The other shard has no permits of its old epoch, and opens.
    const free = ['u1', 'u2', 'u3', 'u4'].find((user) => shardOf(user, SHARDS) !== work.shard)!;
    await until('the other shard is open', async () => (await one.queues.snapshot(free)) !== undefined);
    expect(await one.queues.snapshot('u1')).toBeUndefined();
    work.release();
    await until('it is open', async () => (await one.queues.snapshot('u1')) !== undefined);
  });

  it('waits no longer than the view for a process that never answers', async () => {
    const one = await fixture.process();
    const processes = createConnection(fixture.mongodbUri).collection<{
      _id: string;
      beatAt: Date;
      acknowledged: object;
    }>('processes');
    await processes.insertOne({ _id: 'frozen', beatAt: new Date(), acknowledged: {} });
    await lose('flush');
    await one.queues.snapshot('u1');
    await fixture.open(one.queues);
    await processes.conn.close();
  });

  it('is not opened if the server was lost again during the rebuild', async () => {
    const one = await fixture.process();
    const scripts = one.get(ScriptRunner);
    await scripts.run('begin_rebuild', 0, 7, [100]);
    await lose('kill');
    await until('Redis is back', async () => {
      try {
        return (await scripts.run('open_shard', 0, 7, [0])) === undefined;
      } catch (error) {
        return error instanceof ShardClosed;
      }
    });
    await expect(scripts.run('restore', 0, 7, [])).rejects.toThrow(ShardClosed);
  });

  it('is not lost by SCRIPT FLUSH, because the history counts and not the script cache', async () => {
    const one = await fixture.process();
    const recoveries = countRecoveries(one);
    await fixture.redis.client().script('FLUSH');
    expect(await one.queues.snapshot('u1')).toBeDefined();
    expect(recoveries()).toBe(0);
  });

  it('refuses a process with another number of shards', async () => {
    await fixture.process();
    await expect(fixture.process({ QUEUE_SHARDS: '3' })).rejects.toThrow('QUEUE_SHARDS is 3, but');
  });

  it('gets pending requests that Redis does not know from the reconciler', async () => {
    const one = await fixture.process();
    const orphan = pendingOf('u1');
    await one.get(Journal).insert(orphan);
    expect(await one.get(Reconciler).runOnce(-60_000)).toBe(1);
    expect(await one.get(Reconciler).runOnce(-60_000)).toBe(0);
    expect((await claimAll(one)).map(({ requestId, lookUp }) => [requestId, lookUp])).toEqual([
      [orphan._id, 'doubtful'],
    ]);
  });
});
