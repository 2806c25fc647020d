/** A limit on how often requests of a user start: `limit` in any `perMs` milliseconds, all at once if they have saved up. */
export interface StartRate {
  readonly limit: number;
  readonly perMs: number;
}

/** Everything about a user's queue that is not default, as Redis needs it: the control hash. */
export interface QueueControl {
  readonly userId: string;
  /** Grows by one with every change: an older version never replaces a newer one. */
  readonly version: number;
  readonly paused: boolean;
  readonly rate?: StartRate | undefined;
  /** Most pending requests of the queue, if not the default. */
  readonly maxDepth?: number | undefined;
}

/** A control with which a queue is rebuilt. */
export interface RecordedControl extends QueueControl {
  /** The fencing token of the attempt that halted the queue, if it is halted. */
  readonly halting: number | undefined;
  /** Redis may not have it yet. */
  readonly isDirty: boolean;
}

/** The arguments of lua/_settings.lua. */
export function settingsArgs({ version, paused, rate, maxDepth }: QueueControl): (string | number)[] {
  const { interval, burst } = rate === undefined ? { interval: 0, burst: 0 } : bucketOf(rate);
  return [version, paused ? 1 : 0, interval, burst, maxDepth ?? ''];
}

/** The generic cell rate algorithm, in whole microseconds: at least one start an interval, and `limit` of them at once. */
function bucketOf({ limit, perMs }: StartRate): { interval: number; burst: number } {
  const interval = Math.max(1, Math.ceil((perMs * 1000) / limit));
  return { interval, burst: interval * (limit - 1) };
}
