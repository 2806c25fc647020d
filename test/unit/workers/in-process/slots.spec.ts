import { Shutdown } from '../../../../src/common/process/shutdown';
import type { ProcessStore } from '../../../../src/queue/epochs/process.store';
import type { EpochView } from '../../../../src/queue/epochs/epoch-view.service';
import type { Lanes } from '../../../../src/workers/in-process/lanes.service';
import { SlotReader } from '../../../../src/workers/in-process/slots.service';
import type { Turn } from '../../../../src/workers/in-process/turn';
import { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { partOf } from '../../../support/part-of';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';
import { aJob, aPermit } from '../../../support/turn-parts';

const NONE = { free: 0, closed: 0, running: 0, isolated: 0, stopping: 0, settling: 0 };

let turns: HeldTurns;
let slots: SlotReader;
let isViewValid: boolean;
let shutdown: Shutdown;
beforeEach(() => {
  const settings = testSettings({ WORKER_CONCURRENCY: '8' });
  const clock = new SteppedClock();
  const process = { worker: 'w1' } as ProcessStore;
  isViewValid = true;
  shutdown = new Shutdown();
  const view = partOf<EpochView>({
    ...{ isValid: () => isViewValid, permit: () => aPermit(), sawSeq: () => undefined },
  });
  turns = new HeldTurns(view, settings.queue, settings.worker, {} as Lanes, clock, process);
  slots = new SlotReader(turns, settings.worker, view, shutdown, process);
});
afterEach(() => {
  for (const turn of turns.all) turns.end(turn);
});

const begin = (userId: string, doing: Partial<Turn> = {}): Turn =>
  Object.assign(turns.begin(aJob({ userId }), aPermit(), 0)!, doing);

it('the slots show what each of them is doing', () => {
  begin('a', { isRunning: true });
  begin('b', { isRunning: true }).stop('timed_out');
  begin('c', { isIsolated: true });
  begin('d');
  expect(slots.read()).toEqual({ ...NONE, running: 1, stopping: 1, isolated: 1, settling: 1, free: 4 });
});

it.each(['its view has ended', 'it is ending'])('free slots are shown as closed once %s', (why) => {
  begin('a', { isRunning: true });
  if (why === 'it is ending') shutdown.begin();
  else isViewValid = false;
  expect(slots.read()).toEqual({ ...NONE, running: 1, closed: 7 });
});

it('a turn holds its slot until it ends, and its end leaves the next turn of its user', () => {
  const first = begin('a');
  turns.end(first);
  expect(turns.all).toEqual([]);
  const [second, third] = [begin('a'), begin('a')];
  turns.end(second);
  expect(turns.all).toEqual([third]);
});
