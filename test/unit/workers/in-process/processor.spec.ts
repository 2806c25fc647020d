import { Clock } from '../../../../src/common/time/clock';
import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import type { SettleItem } from '../../../../src/queue/scripts/settle';
import type { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import type { DueShards } from '../../../../src/workers/turns/due-shards';
import type { HandBack } from '../../../../src/workers/turns/hand-back';
import type { Recorder, ToRun } from '../../../../src/workers/turns/recorder.service';
import { DONE, endedAs, type Settlement } from '../../../../src/workers/turns/settlement';
import type { AttemptEnd } from '../../../../src/workers/turns/attempt-end';
import type { AttemptRunner, LostAttempt } from '../../../../src/workers/in-process/attempt-runner.service';
import type {
  IsolatedPlace,
  Isolation,
} from '../../../../src/workers/in-process/isolation/isolation.service';
import type { SlotShares } from '../../../../src/workers/in-process/slot-shares.service';
import { Processor } from '../../../../src/workers/in-process/processor.service';
import { Turn } from '../../../../src/workers/in-process/turn';
import type { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { testSettings } from '../../../support/test-settings';
import { partOf } from '../../../support/part-of';
import { aJob, aPermit } from '../../../support/turn-parts';
import { attemptRecord } from '../../../e2e/journal/record-fixture';

const settings = testSettings().queue;
const clock = new Clock();
const permit = aPermit();

/** A processor with its collaborators; the lists have what it did. */
function roomWith(
  lookUp: (turn: Turn) => Settlement | ToRun,
  {
    isAnyDue = false,
    isTaken = false,
    isPossible = true,
    putOffMs = undefined as number | undefined,
    end = undefined as AttemptEnd | LostAttempt | undefined,
  } = {},
) {
  const [ran, settled, wanted]: [{ turn: Turn; isIsolated: boolean }[], SettleItem[], string[]] = [
    [],
    [],
    [],
  ];
  const left: Turn[] = [];
  let places = 0;
  const place = partOf<IsolatedPlace>({ leave: () => (places -= 1) });
  const enter = async () => {
    if (!isTaken) places += 1;
    return isTaken ? undefined : place;
  };
  const runner = {
    run: async (turn: Turn, _attempt: number, where?: IsolatedPlace) => {
      ran.push({ turn, isIsolated: where === place });
      return end;
    },
  };
  const recorder = {
    lookUp: async (turn: Turn) => lookUp(turn),
    tellStarted: async () => undefined,
    record: async () => ({ op: 'retry', attemptsMade: 1, notBefore: 7 }) as const,
    recordCrash: async () => endedAs('failed'),
  };
  const settle: ShardScripts['settle'] = async (_shard, _epoch, _worker, _leaseMs, item) => {
    settled.push(item);
    wanted.push(item.want);
    return { outcome: 'settled', next: undefined };
  };
  const processor = new Processor(
    partOf<HeldTurns>({ end: (turn: Turn) => turn.end() }),
    partOf<AttemptRunner>(runner),
    partOf<Isolation>({ isPossible, enter }),
    partOf<SlotShares>({ enter: async () => putOffMs, leave: (turn: Turn) => left.push(turn) }),
    partOf<Recorder>(recorder),
    partOf<ShardScripts>({ settle }),
    {} as HandBack,
    partOf<DueShards>({ isAnyDue: () => isAnyDue }),
    settings,
    clock,
  );
  const ops = () => settled.map(({ op }) => op);
  return { processor, ran, left, settled, ops, wanted, placesHeld: () => places };
}

const turnOf = (lookUp: LeasedJob['lookUp'], inARow = 0, under = permit) =>
  new Turn(aJob({ lookUp }), under, clock.monotonic(), settings.leaseMs, clock, inARow);

it.each(['none', 'doubtful'] as const)(
  'a request whose target has no place is postponed and counts no start: look-up %s (P5)',
  async (lookUp) => {
    const room = roomWith(() => ({ attemptsMade: 0, crashes: 0 }), { putOffMs: 1000 });
    const turn = turnOf(lookUp);
    await room.processor.process(turn);
    expect([room.ran, room.left]).toEqual([[], [turn]]);
    expect(room.settled).toMatchObject([{ op: 'back', isUnused: true }]);
    expect(room.settled[0]!.notBefore).toBeGreaterThanOrEqual(turn.shardTime() + 900);
  },
);

it.each([0, 2])(
  'the handler of a request that was cancelled during its look-up is not called (%d crashes)',
  async (crashes) => {
    const room = roomWith((turn) => {
      turn.stop('cancelled');
      return { attemptsMade: 0, crashes };
    });
    await room.processor.process(turnOf('doubtful'));
    expect([room.ran, room.ops(), room.placesHeld()]).toEqual([[], ['back'], 0]);
  },
);

it('the handler is not called if another epoch was seen during the look-up (P5)', async () => {
  let isValid = true;
  const room = roomWith(() => {
    isValid = false;
    return { attemptsMade: 0, crashes: 0 };
  });
  await room.processor.process(turnOf('doubtful', 0, { ...permit, isValid: () => isValid }));
  expect([room.ran, room.ops(), room.placesHeld()]).toEqual([[], ['back'], 0]);
});

it('the handler is called if nothing has stopped the request', async () => {
  const room = roomWith(() => ({ attemptsMade: 0, crashes: 0 }));
  await room.processor.process(turnOf('doubtful'));
  expect(room.ran).toHaveLength(1);
});

it.each([
  [0, false, 'next'],
  [3, true, 'next'],
  [4, false, 'next_if_alone'],
  [4, true, 'nothing'],
])(
  'a user gives way after five requests in a row: after %d before it, others due elsewhere: %s, it wants %s (P5)',
  async (inARow, isAnyDue, want) => {
    const room = roomWith(() => DONE, { isAnyDue });
    await room.processor.process(turnOf('doubtful', inARow));
    expect(room.wanted).toEqual([want]);
  },
);

it.each([
  [1, true, false],
  [2, true, true],
  [2, false, false],
])(
  'a request that has killed %d workers runs isolated if isolation is possible (%s): %s',
  async (crashes, isPossible, isIsolated) => {
    const room = roomWith(() => ({ attemptsMade: 0, crashes }), { isPossible });
    await room.processor.process(turnOf('taken_back'));
    expect(room.ran.map((each) => each.isIsolated)).toEqual([isIsolated]);
    expect(room.placesHeld()).toBe(0);
  },
);

it('a suspect gives its slot to others while another suspect runs (P5)', async () => {
  const room = roomWith(() => ({ attemptsMade: 0, crashes: 2 }), { isTaken: true });
  const turn = turnOf('taken_back');
  await room.processor.process(turn);
  expect([room.ran, room.ops()]).toEqual([[], ['back']]);
  expect(room.settled[0]!.notBefore).toBeGreaterThan(turn.shardTime());
});

const failed: AttemptEnd = { record: attemptRecord(), then: { kind: 'retry', notBefore: 7 } };

it.each([
  [2, 'recheck'],
  [1, 'retry'],
])('a retried suspect is looked up again: %d crashes, %s', async (crashes, op) => {
  const room = roomWith(() => ({ attemptsMade: 0, crashes }), { end: failed });
  await room.processor.process(turnOf('taken_back'));
  expect(room.ops()).toEqual([op]);
});

it('a suspect whose isolated process has died fails', async () => {
  const room = roomWith(() => ({ attemptsMade: 0, crashes: 2 }), { end: { lost: {} } as LostAttempt });
  await room.processor.process(turnOf('taken_back'));
  expect(room.settled).toMatchObject([{ op: 'done', ended: 'failed' }]);
});
