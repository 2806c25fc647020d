import { MINUTE_MS } from '../common/time/units';
import type { QueueSnapshot } from '../queue/queue-snapshot';
import type { HaltingRequest } from './control/halts.service';
import type { QueueDto, QueueState, StopDto } from './queue.dto';
import type { QueueDocument } from '../journal/queue-record.schema';

/** What `queueView` needs besides the snapshot. */
export interface QueueSurroundings {
  /** The user's settings, if any were changed. */
  readonly settings: QueueDocument | undefined;
  /** The default limit. */
  readonly maxDepth: number;
  readonly halting: HaltingRequest | undefined;
  readonly meanGapMs: number | undefined;
}

/** A queue as its user sees it. */
export function queueView(queue: QueueSnapshot, around: QueueSurroundings): QueueDto {
  const { now, activeId, activeSince, depth, scheduled, nextDueAt, oldestWaitingSince } = queue;
  const { settings, halting } = around;
  return {
    state: stateOf(queue),
    ...(queue.halted && halting !== undefined ? { haltedBy: halting.id } : {}),
    stoppedBy: stopsOf(queue, around),
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
    onFailure: settings?.onFailure ?? 'continue',
    limits: {
      maxDepth: settings?.maxDepth ?? around.maxDepth,
      ...(settings?.rate === undefined ? {} : { rate: settings.rate }),
    },
  };
}

/** What stops the queue now, from Redis, and the details from MongoDB. */
function stopsOf({ halted, paused }: QueueSnapshot, { settings, halting }: QueueSurroundings): StopDto[] {
  const stops: StopDto[] = [];
  if (halted)
    stops.push({
      by: 'halt',
      since: halting?.since ?? null,
      ...(halting === undefined ? {} : { requestId: halting.id }),
    });
  if (!paused) return stops;
  const { adminPause } = settings ?? {};
  if (adminPause) stops.push({ by: 'admin-pause', since: adminPause.at });
  if (settings?.paused || !adminPause) stops.push({ by: 'pause', since: settings?.pausedAt ?? null });
  return stops;
}

function stateOf({ halted, paused, activeId, depth, scheduled }: QueueSnapshot): QueueState {
  if (halted) return 'halted';
  if (paused) return 'paused';
  if (activeId !== undefined) return 'busy';
  return depth + scheduled > 0 ? 'waiting' : 'idle';
}

/** Rounded to two decimals. Ends within the same millisecond count as one millisecond apart. */
function drainPerMinute(meanGapMs: number | undefined): number | null {
  return meanGapMs === undefined ? null : Math.round((100 * MINUTE_MS) / Math.max(meanGapMs, 1)) / 100;
}
