import { Collection, Connection, createConnection } from 'mongoose';
import { recoveryWaitMs } from '../../../src/config/durations';
import { Acknowledgements } from '../../../src/queue/recovery/acknowledgements';
import { Reservation } from '../../../src/queue/recovery/reservation';
import { ProcessDocument, ProcessStore } from '../../../src/queue/epochs/process.store';
import { ProcessWatch } from '../../../src/queue/epochs/process-watch.service';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { EpochStore } from '../../../src/queue/epochs/epoch.store';
import { countRecoveries, QueueFixture } from '../../support/queue-fixture';
import { SteppedClock } from '../../support/stepped-clock';
import { HURRIED, testSettings } from '../../support/test-settings';
import { until } from '../../support/until';

const settings = testSettings({ QUEUE_SHARDS: '2' }).queue;

describe('the list of processes', () => {
  let fixture: QueueFixture;
  let connection: Connection;
  let processes: Collection<ProcessDocument>;
  beforeEach(async () => {
    fixture = await QueueFixture.start();
    connection = createConnection(fixture.mongodbUri);
    processes = connection.collection<ProcessDocument>('processes');
  });
  afterEach(async () => {
    await connection.close();
    await fixture.stop();
  });

  /** A process that died, or hangs, with a view of the first epoch. */
  const listDead = (given: Partial<ProcessDocument> = {}) =>
    processes.insertOne({
      ...{ _id: 'dead', host: 'elsewhere', role: 'worker', startedAt: new Date(), beatAt: new Date() },
      ...{ acknowledged: {}, clock: 0, ...given },
    });

  it('loses a process that ends cleanly', async () => {
    const one = await fixture.process();
    expect(await processes.countDocuments()).toBe(1);
    const view = one.get(EpochView);
    await one.close();
    await expect(view.refresh()).rejects.toThrow('has left the list'); // a recovery that ends late
    expect(await processes.countDocuments()).toBe(0);
  });

  it('loses a silent process without a recovery, and keeps the seq that it had seen (P2)', async () => {
    const one = await fixture.process(HURRIED);
    const recoveries = countRecoveries(one);
    await listDead({ clock: 7e15 });
    await until('the dead is off the list', async () => (await processes.countDocuments()) === 1);
    expect(await processes.findOne()).toMatchObject({ _id: one.get(ProcessStore).id, clock: 7e15 });
    expect(recoveries()).toBe(0);
  });

  it('shows a process as silent if its heartbeat has not changed for RECOVERY_WAIT, and no other (P1)', async () => {
    const store = (await fixture.process()).get(ProcessStore);
    const clock = new SteppedClock();
    const watch = new ProcessWatch(store, clock);
    const isSilent = async () => (await watch.list()).find(({ _id }) => _id === 'dead')?.isSilent;
    await listDead({ beatAt: new Date(0) }); // by a clock that no other process has
    expect(await isSilent()).toBe(false);
    clock.step(recoveryWaitMs(settings) - 1);
    expect(await isSilent()).toBe(false);
    await processes.updateOne({ _id: 'dead' }, { $set: { beatAt: new Date(1) } });
    clock.step(1);
    expect(await isSilent()).toBe(false);
    clock.step(recoveryWaitMs(settings));
    expect(await isSilent()).toBe(true);
  });

  it('uses the VIEW of each process, not that of the reader (P1)', async () => {
    const one = await fixture.process();
    const clock = new SteppedClock();
    const watch = new ProcessWatch(one.get(ProcessStore), clock);
    const acknowledgements = new Acknowledgements(watch, clock, settings);
    const durations = { leaseMs: 5_000, viewMs: 10 * settings.viewMs, holdMs: 500 };
    await listDead({ durations });
    const isSilent = async () => (await watch.list()).find(({ _id }) => _id === 'dead')?.isSilent;
    expect(await isSilent()).toBe(false);
    let waited = false;
    const reservation = new Reservation(one.get(EpochStore), clock, 'recovery', 0, Infinity, 0);
    const waiting = acknowledgements
      .waitFor(reservation, 1, new AbortController().signal)
      .then(() => (waited = true));
    clock.step(recoveryWaitMs(durations) - 1);
    expect(await isSilent()).toBe(false);
    await processes.updateOne({ _id: 'dead' }, { $set: { beatAt: new Date(2) } }); // it lives, and acknowledges nothing
    await watch.list();
    await watch.list();
    expect(waited).toBe(false);
    clock.step(1);
    await waiting;
    expect(await isSilent()).toBe(false);
  });

  it('makes a recovery wait only for the rest of a silence', async () => {
    const one = await fixture.process();
    const clock = new SteppedClock();
    const watch = new ProcessWatch(one.get(ProcessStore), clock);
    const acknowledgements = new Acknowledgements(watch, clock, settings);
    await listDead({ clock: 5 });
    await watch.list();
    clock.step(recoveryWaitMs(settings) - 10);
    let waited = false;
    const reservation = new Reservation(one.get(EpochStore), clock, 'recovery', 0, Infinity, 0);
    const { signal } = new AbortController();
    const waiting = acknowledgements.waitFor(reservation, 1, signal).then((highest) => {
      waited = true;
      return highest;
    });
    await watch.list();
    await watch.list();
    expect(waited).toBe(false);
    clock.step(10);
    expect(await waiting).toBeGreaterThanOrEqual(5);
  });

  it('gives no view to a process that was frozen between its heartbeat and its read (P1)', async () => {
    const one = await fixture.process();
    const clock = new SteppedClock();
    let frozen = true;
    const wasValid: boolean[] = [];
    const beat = async (...args: Parameters<ProcessStore['beat']>) => {
      wasValid.push(view.isValid());
      await one.get(ProcessStore).beat(...args);
      if (frozen) clock.step(settings.viewMs);
      frozen = false;
    };
    const store = { beat } as ProcessStore;
    const view = new EpochView(one.get(EpochStore), store, settings, clock);
    await view.refresh();
    expect(wasValid.slice(0, 2)).toEqual([false, false]); // before its first read, and after it
    expect(view.isValid()).toBe(true);
  });
});
