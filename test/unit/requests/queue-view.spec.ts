import type { QueueSnapshot } from '../../../src/queue/queue-snapshot';
import { queueView } from '../../../src/requests/queue-view';

const IDLE: QueueSnapshot = {
  now: 10_000,
  activeId: undefined,
  activeSince: undefined,
  depth: 0,
  scheduled: 0,
  paused: false,
  nextDueAt: undefined,
  oldestWaitingSince: undefined,
  positions: new Map(),
};

it.each<[string, Partial<QueueSnapshot>]>([
  ['idle', {}],
  ['waiting', { scheduled: 1 }],
  ['waiting', { depth: 1 }],
  ['busy', { depth: 1, activeId: 'r1' }],
  ['paused', { depth: 1, activeId: 'r1', paused: true }],
])('is %s', (state, queue) => {
  expect(queueView({ ...IDLE, ...queue }, undefined, 5).state).toBe(state);
});

it('tells how long, how fast and when', () => {
  const queue = { ...IDLE, depth: 2, oldestWaitingSince: 4_000, nextDueAt: 12_000 };
  expect(queueView(queue, 1_500, 5)).toMatchObject({
    oldestWaitMs: 6_000,
    drainPerMinute: 40,
    nextDueAt: new Date(12_000),
    limits: { maxDepth: 5 },
  });
});

it('names the running one also while paused', () => {
  const queue = { ...IDLE, paused: true, activeId: 'r1', activeSince: 9_000 };
  expect(queueView(queue, 0, 5)).toMatchObject({
    running: { id: 'r1', startedAt: new Date(9_000) },
    drainPerMinute: 60_000,
  });
});
