import { MINUTE_MS } from '../common/time';
import type { QueueSnapshot } from '../queue/queue-snapshot';
import type { QueueDto, QueueState } from './queue.dto';

/** A queue as its user sees it. */
export function queueView(queue: QueueSnapshot, meanGapMs: number | undefined, maxDepth: number): QueueDto {
  const { now, activeId, activeSince, depth, scheduled, nextDueAt, oldestWaitingSince } = queue;
  return {
    state: stateOf(queue),
    ...(activeId === undefined
      ? {}
      : {
          running: {
            id: activeId,
            ...(activeSince === undefined ? {} : { startedAt: new Date(activeSince) }),
          },
        }),
    depth,
    scheduled,
    oldestWaitMs: oldestWaitingSince === undefined ? 0 : Math.max(0, now - oldestWaitingSince),
    drainPerMinute: drainPerMinute(meanGapMs),
    ...(nextDueAt === undefined ? {} : { nextDueAt: new Date(nextDueAt) }),
    policy: 'continue',
    limits: { maxDepth },
  };
}

function stateOf({ paused, activeId, depth, scheduled }: QueueSnapshot): QueueState {
  if (paused) return 'paused';
  if (activeId !== undefined) return 'busy';
  return depth + scheduled > 0 ? 'waiting' : 'idle';
}

/** Rounded to two digits after the point. Ends within the same millisecond count as one millisecond apart. */
function drainPerMinute(meanGapMs: number | undefined): number | null {
  return meanGapMs === undefined ? null : Math.round((100 * MINUTE_MS) / Math.max(meanGapMs, 1)) / 100;
}
