import type { GivenJob } from '../../../src/queue/scripts/given-job';
import type { ProcessStore } from '../../../src/queue/view/process.store';
import type { ViewService } from '../../../src/queue/view/view.service';
import type { Lanes } from '../../../src/workers/lanes.service';
import type { Turn } from '../../../src/workers/turn';
import { Turns } from '../../../src/workers/turns.service';
import { SteppedClock } from '../../support/stepped-clock';
import { testSettings } from '../../support/test-settings';

const LEASE_MS = 10_000;
const permit = { shard: 0, epoch: 1, validUntil: Infinity, isValid: () => true, release: () => undefined };
const view = { permit: () => permit, sawSeq: () => undefined } as unknown as ViewService;

let clock: SteppedClock;
let turns: Turns;
beforeEach(() => {
  jest.useFakeTimers();
  clock = new SteppedClock();
  const settings = testSettings({ WORKER_CONCURRENCY: '8' });
  const process = { worker: 'w1' } as ProcessStore;
  const queue = { ...settings.queue, leaseMs: LEASE_MS };
  turns = new Turns(view, queue, settings.worker, {} as Lanes, clock, process);
});
afterEach(() => {
  for (const turn of turns.all) turns.end(turn);
  jest.useRealTimers();
});

const begin = (userId: string): Turn =>
  turns.begin({ userId, shard: 0 } as GivenJob, permit, clock.monotonic())!;

/** Asks to be alone. @returns whether it is let go on */
function askingToBeAlone(turn: Turn): () => Promise<boolean> {
  let isLetGo = false;
  void turns.alone(turn).then(() => (isLetGo = true));
  return async () => {
    await jest.advanceTimersByTimeAsync(0);
    return isLetGo;
  };
}

/** Time passes, and every lease is renewed meanwhile. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1000) {
    clock.now += 1000;
    for (const turn of turns.all) turn.renewed(clock.monotonic());
    await jest.advanceTimersByTimeAsync(1000);
  }
}

it('lets one go on alone when the last other turn has ended, and begins none until it has', async () => {
  const [other, loner] = [begin('a'), begin('b')];
  const isLetGo = askingToBeAlone(loner);
  expect([await isLetGo(), turns.free]).toEqual([false, 0]);
  turns.end(other);
  expect([await isLetGo(), turns.free]).toEqual([true, 0]);
  turns.end(loner);
  expect(turns.free).toBe(8);
});

it('lets it run beside what is still there after three leases, and others begin again (P5)', async () => {
  begin('a');
  const isLetGo = askingToBeAlone(begin('b'));
  await pass(3 * LEASE_MS - 1000);
  expect([await isLetGo(), turns.free]).toEqual([false, 0]);
  await pass(1000);
  expect([await isLetGo(), turns.free]).toEqual([true, 6]);
});

it('lets others begin again after three leases of one that runs alone (P5)', async () => {
  let freed = 0;
  turns.onFreed(() => (freed += 1));
  const isLetGo = askingToBeAlone(begin('b'));
  expect(await isLetGo()).toBe(true);
  await pass(3 * LEASE_MS - 1000);
  expect([turns.free, freed]).toEqual([0, 0]);
  await pass(1000);
  expect([turns.free, freed]).toEqual([7, 1]);
});
