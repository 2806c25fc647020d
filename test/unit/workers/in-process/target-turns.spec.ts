import { EventBus } from '../../../../src/events/event-bus';
import type { HandlerRegistry } from '../../../../src/handlers/handler-registry.service';
import type { GivenJob } from '../../../../src/queue/scripts/given-job';
import { PATIENCE_MS, TargetTurns } from '../../../../src/workers/in-process/target-turns.service';
import type { Turn } from '../../../../src/workers/in-process/turn';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';

/** A process of so many slots; the payload of a request is its target, '' for none. */
function roomOf(WORKER_CONCURRENCY: string, WORKER_TARGET_SHARE: string) {
  const { worker } = testSettings({ WORKER_CONCURRENCY, WORKER_TARGET_SHARE });
  const clock = new SteppedClock();
  const handlers: Pick<HandlerRegistry, 'targetOf'> = { targetOf: (_, payload) => payload || undefined };
  const targets = new TargetTurns(handlers as HandlerRegistry, worker, new EventBus(), clock);
  const turnTo = (payload: string) => ({ job: { type: 'http', payload } as GivenJob }) as Turn;
  const come = (payload: string) => targets.enter(turnTo(payload));
  return { clock, targets, turnTo, come };
}

it.each([
  ['8', '75', 6],
  ['8', '100', 8],
  ['5', '50', 2],
  ['1', '75', 1],
])('gives a target of %s slots %s percent, and one at least', async (slots, share, places) => {
  const { come } = roomOf(slots, share);
  const waits = await Promise.all(Array.from({ length: 9 }, () => come('a')));
  expect(waits.filter((wait) => wait === undefined)).toHaveLength(places);
});

it('counts each target by itself, and nothing that has none', async () => {
  const { clock, come } = roomOf('2', '50');
  expect(await Promise.all([come('a'), come('b'), come(''), come('')])).toEqual(Array(4).fill(undefined));
  clock.step(PATIENCE_MS + 1);
  expect([await come('a'), await come('b')]).toEqual([1000, 1050]);
});

it('puts off at once who comes to a target that does not answer, one after another', async () => {
  jest.useFakeTimers();
  try {
    const { clock, come } = roomOf('2', '50');
    await come('a');
    clock.step(PATIENCE_MS + 1);
    expect([await come('a'), await come('a'), await come('a')]).toEqual([1000, 1050, 1100]);
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

it('hands the places of a target that answers to those who wait in their slots, the first first', async () => {
  const { targets, turnTo } = roomOf('4', '50');
  const turns = Array.from({ length: 4 }, () => turnTo('a'));
  const entered: number[] = [];
  const all = turns.map(async (turn, i) => {
    if ((await targets.enter(turn)) === undefined) entered.push(i);
  });
  await Promise.all(all.slice(0, 2));
  targets.leave(turns[1]!);
  targets.leave(turns[0]!);
  await Promise.all(all);
  expect(entered).toEqual([0, 1, 2, 3]);
});

it('has a place for whoever comes once all have left', async () => {
  const { clock, targets, turnTo } = roomOf('2', '50');
  const [first, second] = [turnTo('a'), turnTo('a')];
  await targets.enter(first);
  clock.step(PATIENCE_MS + 1);
  expect(await targets.enter(second)).toBe(1000);
  targets.leave(second);
  targets.leave(first);
  expect(await targets.enter(second)).toBeUndefined();
});
