import { MINUTE_MS } from '../common/time/units';
import type { QueueSnapshot } from '../queue/queue-snapshot';
import type { QueueDto, QueueState } from './queue.dto';
import type { QueueDocument } from '../journal/queue-record.schema';

/** What a queue is seen by, besides itself. */
export interface QueueSurroundings {
  /** Of a user who has changed any. */
  readonly settings: QueueDocument | undefined;
  /** Everybody's limit. */
  readonly maxDepth: number;
  readonly haltedBy: string | undefined;
  readonly meanGapMs: number | undefined;
}

/** A queue as its user sees it. */
export function queueView(queue: QueueSnapshot, around: QueueSurroundings): QueueDto {
  const { now, activeId, activeSince, depth, scheduled, nextDueAt, oldestWaitingSince } = queue;
  const { settings, haltedBy } = around;
  return {
    state: stateOf(queue),
    ...(queue.halted && haltedBy !== undefined ? { haltedBy } : {}),
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
    drainPerMinute: drainPerMinute(around.meanGapMs),
    ...(nextDueAt === undefined ? {} : { nextDueAt: new Date(nextDueAt) }),
    policy: settings?.onFailure ?? 'continue',
    limits: {
      maxDepth: settings?.maxDepth ?? around.maxDepth,
      ...(settings?.rate === undefined ? {} : { rate: settings.rate }),
    },
  };
}

function stateOf({ halted, paused, activeId, depth, scheduled }: QueueSnapshot): QueueState {
  if (halted) return 'halted';
  if (paused) return 'paused';
  if (activeId !== undefined) return 'busy';
  return depth + scheduled > 0 ? 'waiting' : 'idle';
}

/** Rounded to two digits after the point. Ends within the same millisecond count as one millisecond apart. */
function drainPerMinute(meanGapMs: number | undefined): number | null {
  return meanGapMs === undefined ? null : Math.round((100 * MINUTE_MS) / Math.max(meanGapMs, 1)) / 100;
}
