import { EventBus } from '../../../../src/events/event-bus';
import type { PutOffReason } from '../../../../src/events/event-map';
import type { HandlerRegistry } from '../../../../src/handlers/handler-registry.service';
import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import { LONG_MS, PATIENCE_MS, SlotShares } from '../../../../src/workers/in-process/slot-shares.service';
import type { Turn } from '../../../../src/workers/in-process/turn';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';

/** A process with this many slots, and this percentage of them for long attempts and for those to one target. */
function roomOf(WORKER_CONCURRENCY: string, percent: string) {
  const { worker } = testSettings({
    ...{ WORKER_CONCURRENCY, WORKER_LONG_SHARE: percent, WORKER_TARGET_SHARE: percent },
  });
  const clock = new SteppedClock();
  const events = new EventBus();
  const putOff: PutOffReason[] = [];
  events.on('turn.put_off', ({ reason }) => void putOff.push(reason));
  const handlers: Pick<HandlerRegistry, 'targetOf'> = { targetOf: (_, payload) => payload() as string };
  const shares = new SlotShares(handlers as HandlerRegistry, worker, events, clock);
  const turnOf = (target?: string, timeout = LONG_MS) =>
    ({ job: { type: 'http', options: { timeout } } as LeasedJob, payload: () => target }) as Turn;
  const come = (target?: string, timeout?: number) => shares.enter(turnOf(target, timeout));
  return { clock, shares, putOff, turnOf, come, comeLong: () => come(undefined, LONG_MS + 1) };
}

describe.each([
  ['long attempts', 'comeLong'],
  ['a target', 'come'],
] as const)('the places of %s', (_kind, come) => {
  it.each([
    ['8', '75', 6],
    ['8', '100', 8],
    ['5', '50', 2],
    ['1', '75', 1],
  ])('with %s slots and a share of %s percent are %d', async (slots, percent, places) => {
    const room = roomOf(slots, percent);
    const waits = await Promise.all(Array.from({ length: 9 }, () => room[come]('a')));
    expect(waits.filter((wait) => wait === undefined)).toHaveLength(places);
  });

  it('are postponed if none is freed, and come again one after another (P5)', async () => {
    jest.useFakeTimers();
    try {
      const room = roomOf('2', '50');
      await room[come]('a');
      room.clock.step(PATIENCE_MS);
      expect([await room[come]('a'), await room[come]('a'), await room[come]('a')]).toEqual([
        1000, 1050, 1100,
      ]);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

it('short attempts and those without a target are not limited', async () => {
  const { come } = roomOf('2', '50');
  expect(await Promise.all([come(), come(), come()])).toEqual(Array(3).fill(undefined));
});

it('each target is counted separately, and postpones no request to another target (P5)', async () => {
  const { clock, come } = roomOf('2', '50');
  expect(await Promise.all([come('a'), come('b')])).toEqual([undefined, undefined]);
  clock.step(PATIENCE_MS);
  expect([await come('a'), await come('a'), await come('b')]).toEqual([1000, 1050, 1000]);
});

it('a long attempt without a place is postponed briefly, and the next one takes the freed place', async () => {
  const { shares, putOff, turnOf, comeLong } = roomOf('2', '50');
  const first = turnOf(undefined, LONG_MS + 1);
  await shares.enter(first);
  expect([await comeLong(), putOff]).toEqual([1000, ['long']]);
  shares.leave(first);
  expect(await comeLong()).toBeUndefined();
});

it('requests that wait in their slots get the places of a target that answers, in their order', async () => {
  const { shares, turnOf } = roomOf('4', '50');
  const turns = Array.from({ length: 4 }, () => turnOf('a'));
  const entered: number[] = [];
  const all = turns.map(async (turn, i) => {
    if ((await shares.enter(turn)) === undefined) entered.push(i);
  });
  await Promise.all(all.slice(0, 2));
  shares.leave(turns[1]!);
  shares.leave(turns[0]!);
  await Promise.all(all);
  expect(entered).toEqual([0, 1, 2, 3]);
});

it('a long attempt to a target takes both places or none, and frees both', async () => {
  const { clock, shares, putOff, turnOf, come, comeLong } = roomOf('2', '50');
  const toTarget = turnOf('a');
  await shares.enter(toTarget);
  clock.step(PATIENCE_MS);
  const both = turnOf('a', LONG_MS + 1);
  expect([await shares.enter(both), putOff]).toEqual([1000, ['target']]);
  shares.leave(both);
  shares.leave(toTarget);
  expect(await shares.enter(both)).toBeUndefined();
  clock.step(PATIENCE_MS);
  expect([await comeLong(), await come('a')]).toEqual([1000, 1000]);
  shares.leave(both);
  expect([await comeLong(), await come('a')]).toEqual([undefined, undefined]);
});
