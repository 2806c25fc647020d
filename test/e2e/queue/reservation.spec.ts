import { Clock } from '../../../src/common/time/clock';
import { shardOf } from '../../../src/queue/keys';
import { Acknowledgements } from '../../../src/queue/recovery/acknowledgements';
import { Rebuild } from '../../../src/queue/recovery/rebuild.service';
import { Reservation } from '../../../src/queue/recovery/reservation';
import { ReservationWatch } from '../../../src/queue/recovery/reservation-watch';
import { EpochStore } from '../../../src/queue/epochs/epoch.store';
import { Journal } from '../../../src/journal/journal.service';
import { QueueRecords } from '../../../src/journal/queue-records.service';
import { collectLogLines } from '../../support/log-lines';
import { countRecoveries, QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { SteppedClock } from '../../support/stepped-clock';
import { HURRIED } from '../../support/test-settings';
import { until } from '../../support/until';
import { requestDocument } from '../journal/record-fixture';

const FOR_MS = 30_000;

describe('the reservation of a shard during its rebuild', () => {
  let fixture: QueueFixture;
  beforeEach(async () => {
    fixture = await QueueFixture.start(HURRIED);
  });
  afterEach(() => fixture.stop());

  /** Raises the epoch of shard 0 in a process in which nothing else happens. */
  async function raise(one: QueueProcess, recovery: string, clock: Clock) {
    const store = one.get(EpochStore);
    const epoch = (await store.read()).epochs[0]!;
    expect((await store.raise(recovery, new Map([[0, epoch]]), FOR_MS)).mine).toEqual([0]);
    return new Reservation(store, clock, recovery, 0, FOR_MS, clock.monotonic());
  }

  it('is extended while the recovery makes progress, after a third of its length', async () => {
    const one = await fixture.process();
    const clock = new SteppedClock();
    const reservation = await raise(one, 'mine', clock);
    const reservedUntil = async () => (await one.get(EpochStore).read()).recoverUntil[0]!.getTime();
    const first = await reservedUntil();
    clock.step(FOR_MS / 3 - 1);
    await reservation.extendIfDue();
    expect(await reservedUntil()).toBe(first);
    clock.step(1);
    await until(
      'a millisecond of MongoDB has passed',
      async () => (await one.get(EpochStore).now()) > first - FOR_MS,
    );
    await reservation.extendIfDue();
    const second = await reservedUntil();
    expect(second).toBeGreaterThan(first);
    await reservation.extendIfDue();
    expect(await reservedUntil()).toBe(second);
  });

  it('is lost to the process that has raised the epoch again', async () => {
    const one = await fixture.process();
    const clock = new SteppedClock();
    const reservation = await raise(one, 'mine', clock);
    await one.get(EpochStore).release('mine', 0);
    await raise(one, 'theirs', clock);
    clock.step(FOR_MS);
    await expect(reservation.extendIfDue()).rejects.toThrow('another process rebuilds it');
    await reservation.release(); // keeps the other one's reservation
    expect((await one.get(EpochStore).read()).recoverUntil[0]).toBeDefined();
  });

  it("ends once another process has seen it unchanged for its length, whatever MongoDB's clock shows (P5)", async () => {
    const one = await fixture.process();
    const clock = new SteppedClock();
    const reservation = await raise(one, 'dead', clock);
    const store = one.get(EpochStore);
    const watch = new ReservationWatch(clock, FOR_MS);
    const epochs = new Map([[0, (await store.read()).epochs[0]!]]);
    const attempt = async () => {
      const { mine, reserved } = await store.raise('theirs', epochs, FOR_MS, watch.over);
      watch.look(reserved);
      return mine;
    };
    expect(await attempt()).toEqual([]);
    clock.step(FOR_MS - 1);
    expect(await attempt()).toEqual([]);
    await until('a millisecond of MongoDB has passed', async () => {
      await reservation.extend();
      await attempt();
      return watch.over.size === 0;
    });
    clock.step(1);
    expect(await attempt()).toEqual([]);
    clock.step(FOR_MS);
    expect(await attempt()).toEqual([0]);
    await expect(reservation.extend()).rejects.toThrow('another process rebuilds it');
  });

  it('keeps no shard closed for longer than its length, whatever its stored end is (P5)', async () => {
    const one = await fixture.process();
    const recoveries = countRecoveries(one);
    const store = one.get(EpochStore);
    await store.raise('dead', new Map([[0, (await store.read()).epochs[0]!]]), 3_600_000);
    const users = ['u1', 'u2', 'u3', 'u4'];
    await until('the shard is rebuilt', async () => {
      await Promise.all(users.map((user) => one.queues.snapshot(user)));
      return recoveries() === 1;
    });
  });

  it('keeps other processes from reporting that they rebuild the shard', async () => {
    const one = await fixture.process();
    const lines = collectLogLines();
    const store = one.get(EpochStore);
    await store.raise('theirs', new Map([[0, (await store.read()).epochs[0]!]]), FOR_MS);
    const raising = jest.spyOn(store, 'raise');
    const users = ['u1', 'u2', 'u3', 'u4'];
    const look = () => Promise.all(users.map((user) => one.queues.snapshot(user)));
    await until('it was refused twice', async () => (await look(), raising.mock.calls.length >= 2));
    await store.release('theirs', 0);
    const said = () => lines.filter(({ event }) => event === 'shards.recovering');
    await until('it rebuilds the shard', async () => (await look(), said().length > 0));
    expect(said().map(({ shards }) => shards)).toEqual([[0]]);
  });

  it('is extended by every step of a rebuild', async () => {
    const one = await fixture.process();
    const user = ['u1', 'u2', 'u3', 'u4'].find((each) => shardOf(each, 2) === 0)!;
    const documents = Array.from({ length: 1100 }, () => requestDocument({ userId: user, shard: 0 }));
    await Promise.all(documents.map((document) => one.get(Journal).insert(document)));
    await one.get(QueueRecords).change(user, 0, { paused: true });
    const rebuilt = async (recovery: string) => {
      const reservation = await raise(one, recovery, new SteppedClock());
      const extend = jest.spyOn(reservation, 'extendIfDue');
      const epoch = (await one.get(EpochStore).read()).epochs[0]!;
      expect(await one.get(Rebuild).run(reservation, epoch, 0)).toBe(1100);
      await reservation.release();
      return extend.mock.calls.length;
    };
    // For an empty shard: the settings, three chunks of requests, and each call that restores some.
    const ofOne = 1 + 3 + 16 + 16 + 4;
    expect(await rebuilt('first')).toBe(ofOne);
    // For a full shard also what is left after the first thousand keys.
    expect(await rebuilt('second')).toBe(ofOne + 1);
  });

  it('is extended while the recovery waits for other processes', async () => {
    const one = await fixture.process();
    const [store, acknowledgements] = [one.get(EpochStore), one.get(Acknowledgements)];
    const work = one.queues.permit('u1');
    let isWaiting = false;
    let isKept = false;
    const waitFor = acknowledgements.waitFor.bind(acknowledgements);
    jest.spyOn(acknowledgements, 'waitFor').mockImplementation(async (reservation, ...rest) => {
      if (reservation.shard !== work.shard) return waitFor(reservation, ...rest);
      isWaiting = true;
      return waitFor(reservation, ...rest).finally(() => (isWaiting = false));
    });
    const extend = store.extend.bind(store);
    jest.spyOn(store, 'extend').mockImplementation(async (recovery, shard, ...rest) => {
      if (shard === work.shard && isWaiting) isKept = true;
      return extend(recovery, shard, ...rest);
    });
    await fixture.redis.client().flushall();
    await until('it is kept', async () => {
      await one.queues.snapshot('u1');
      return isKept;
    });
    work.release();
    await fixture.open(one.queues);
  });

  it('is extended while its shard waits for its turn to be rebuilt', async () => {
    const one = await fixture.process({ QUEUE_SHARDS: '5' });
    let goOn: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (goOn = resolve));
    const begun = new Set<number>();
    const rebuild = one.get(Rebuild);
    const run = rebuild.run.bind(rebuild);
    jest.spyOn(rebuild, 'run').mockImplementation(async (reservation, ...rest) => {
      begun.add(reservation.shard);
      await stuck;
      return run(reservation, ...rest);
    });
    const extend = jest.spyOn(one.get(EpochStore), 'extend');
    const extended = () => extend.mock.calls.map(([, shard]) => shard);
    await fixture.redis.client().flushall();
    await until('four are at work', async () => {
      await one.queues.snapshot('u1');
      return begun.size === 4;
    });
    await until('the fifth is kept', () => extended().some((shard) => !begun.has(shard)));
    goOn();
    await fixture.open(one.queues);
  });
});
