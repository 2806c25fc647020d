import type { QueueSnapshot } from '../../../src/queue/queue-snapshot';
import { queueView } from '../../../src/user-queue/queue-view';

const IDLE: QueueSnapshot = {
  now: 10_000,
  activeId: undefined,
  activeSince: undefined,
  depth: 0,
  scheduled: 0,
  paused: false,
  halted: false,
  nextDueAt: undefined,
  oldestWaitingSince: undefined,
  lastSeq: 0,
  positions: new Map(),
};

const AROUND = { settings: undefined, halting: undefined, meanGapMs: undefined, maxDepth: 5 };

it.each<[string, Partial<QueueSnapshot>]>([
  ['idle', {}],
  ['waiting', { scheduled: 1 }],
  ['waiting', { depth: 1 }],
  ['busy', { depth: 1, activeId: 'r1' }],
  ['paused', { depth: 1, activeId: 'r1', paused: true }],
  ['halted', { depth: 1, paused: true, halted: true }],
])('the state of a queue is %s', (state, queue) => {
  expect(queueView({ ...IDLE, ...queue }, AROUND).state).toBe(state);
});

it('the view shows how long requests have waited, how fast the queue drains, and when the next one is due', () => {
  const queue = { ...IDLE, depth: 2, oldestWaitingSince: 4_000, nextDueAt: 12_000 };
  expect(queueView(queue, { ...AROUND, meanGapMs: 1_500 })).toMatchObject({
    oldestWaitMs: 6_000,
    drainPerMinute: 40,
    nextDueAt: new Date(12_000),
    limits: { maxDepth: 5 },
  });
});

it('the view names the running request also while the queue is paused', () => {
  const queue = { ...IDLE, paused: true, activeId: 'r1', activeSince: 9_000 };
  expect(queueView(queue, { ...AROUND, meanGapMs: 0 })).toMatchObject({
    running: { id: 'r1', startedAt: new Date(9_000) },
    drainPerMinute: 60_000,
  });
});

it('the view shows the settings of the user', () => {
  const rate = { limit: 2, perMs: 1000 };
  const settings = {
    ...{ _id: 'u1', shard: 0, version: 3, paused: false },
    ...{ onFailure: 'halt' as const, rate, maxDepth: 7 },
  };
  const view = queueView(
    { ...IDLE, halted: true },
    { ...AROUND, settings, halting: { id: 'r1', since: null } },
  );
  expect(view).toMatchObject({ haltedBy: 'r1', onFailure: 'halt', limits: { maxDepth: 7, rate } });
});
