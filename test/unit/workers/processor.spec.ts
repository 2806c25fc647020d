import { Clock } from '../../../src/common/clock';
import type { GivenJob } from '../../../src/queue/scripts/given-job';
import type { ShardScripts } from '../../../src/queue/scripts/shard-scripts.service';
import type { DueShards } from '../../../src/turns/due-shards';
import type { HandBack } from '../../../src/turns/hand-back';
import type { Recorder } from '../../../src/turns/recorder.service';
import type { AttemptRunner } from '../../../src/workers/attempt-runner.service';
import { Processor } from '../../../src/workers/processor.service';
import { Turn } from '../../../src/workers/turn';
import type { Turns } from '../../../src/workers/turns.service';
import { testSettings } from '../../support/test-settings';

const settings = testSettings().queue;
const clock = new Clock();
const permit = { shard: 0, epoch: 1, validUntil: Infinity, isValid: () => true, release: () => undefined };

/** The room around a processor: what it did is in the lists. */
function roomWith(check: (turn: Turn) => object, isAnyDue = false) {
  const [ran, settled, wanted, alone]: [Turn[], string[], string[], Turn[]] = [[], [], [], []];
  const turns = {
    end: (turn: Turn) => turn.end(),
    wantsNone: false,
    alone: async (turn: Turn) => void alone.push(turn),
  };
  const runner = { run: async (turn: Turn) => void ran.push(turn) };
  const recorder = { check: async (turn: Turn) => check(turn), tellStarted: async () => undefined };
  const settle = async (..._: unknown[]) => {
    const { op, want } = _[4] as { op: string; want: string };
    settled.push(op);
    wanted.push(want);
    return { outcome: 'settled' };
  };
  const processor = new Processor(
    turns as unknown as Turns,
    runner as unknown as AttemptRunner,
    recorder as unknown as Recorder,
    { settle } as unknown as ShardScripts,
    {} as HandBack,
    { isAnyDue: () => isAnyDue } as unknown as DueShards,
    settings,
    clock,
  );
  return { processor, ran, settled, wanted, alone };
}

const turnOf = (check: GivenJob['check'], inARow = 0, under = permit) =>
  new Turn(
    { shard: 0, userId: 'u1', requestId: 'r1', check, attemptsMade: 0 } as unknown as GivenJob,
    under,
    clock.monotonic(),
    settings.leaseMs,
    clock,
    inARow,
  );

it.each([0, 2])(
  'does not call the handler of one that was cancelled while it was looked up (%d crashes)',
  async (crashes) => {
    const room = roomWith((turn) => {
      turn.stop('cancelled');
      return { attemptsMade: 0, crashes };
    });
    await room.processor.process(turnOf('doubtful'));
    expect([room.ran, room.settled]).toEqual([[], ['back']]);
  },
);

it('does not call the handler of one when another epoch was seen while it was looked up (P5)', async () => {
  let isValid = true;
  const room = roomWith(() => {
    isValid = false;
    return { attemptsMade: 0, crashes: 0 };
  });
  await room.processor.process(turnOf('doubtful', 0, { ...permit, isValid: () => isValid }));
  expect([room.ran, room.settled]).toEqual([[], ['back']]);
});

it('calls it if nobody has stopped it', async () => {
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
  'gives way after five of a user in a row: after %d before it, others due elsewhere: %s, it wants %s (P5)',
  async (inARow, isAnyDue, want) => {
    const room = roomWith(() => ({ op: 'done' }), isAnyDue);
    await room.processor.process(turnOf('doubtful', inARow));
    expect(room.wanted).toEqual([want]);
  },
);

it.each([
  [1, 0],
  [2, 1],
])('runs one whose workers died %d times alone: %d', async (crashes, times) => {
  const room = roomWith(() => ({ attemptsMade: 0, crashes }));
  await room.processor.process(turnOf('taken_back'));
  expect([room.ran.length, room.alone.length]).toEqual([1, times]);
});
