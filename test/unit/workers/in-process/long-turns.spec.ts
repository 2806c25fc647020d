import { EventBus } from '../../../../src/events/event-bus';
import type { GivenJob } from '../../../../src/queue/scripts/given-job';
import type { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { LONG_MS, LongTurns } from '../../../../src/workers/in-process/long-turns.service';
import type { Turn } from '../../../../src/workers/in-process/turn';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';

/** Turns of a process of so many slots, each held from when it comes. */
function roomOf(WORKER_CONCURRENCY: string, WORKER_LONG_SHARE: string) {
  const { worker } = testSettings({ WORKER_CONCURRENCY, WORKER_LONG_SHARE });
  const all: Turn[] = [];
  const long = new LongTurns({ all } as unknown as HeldTurns, worker, new EventBus(), new SteppedClock());
  const come = (timeout: number) => {
    const turn = { isLong: false, job: { options: { timeout } } as GivenJob } as Turn;
    all.push(turn);
    return long.enter(turn);
  };
  return { all, come };
}

it.each([
  ['8', '50', 4],
  ['8', '100', 8],
  ['5', '50', 2],
  ['1', '50', 1],
])('gives long attempts of %s slots %s percent, and one at least', (slots, share, places) => {
  const { come } = roomOf(slots, share);
  const waits = Array.from({ length: 9 }, () => come(LONG_MS + 1));
  expect(waits.filter((wait) => wait === undefined)).toHaveLength(places);
});

it('lets those in whose time limit is short, and long ones as places are freed', () => {
  const { all, come } = roomOf('2', '50');
  expect([come(LONG_MS + 1), come(LONG_MS + 1)]).toEqual([undefined, 1000]);
  expect(come(LONG_MS)).toBeUndefined();
  all.shift();
  expect(come(LONG_MS + 1)).toBeUndefined();
});

it('lets those come again that found no place one after another, however many they are', () => {
  const { come } = roomOf('2', '50');
  come(LONG_MS + 1);
  expect([1, 2, 3].map(() => come(LONG_MS + 1))).toEqual([1000, 1050, 1100]);
});
