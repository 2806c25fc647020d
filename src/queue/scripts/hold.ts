import type { QueueSettings } from '../../config/settings';
import type { JobOptions } from '../job-options';
import type { Args } from './script-runner';

export interface HoldItem {
  readonly userId: string;
  readonly requestId: string;
  readonly type: string;
  /** The lane of the workers that serve its type. */
  readonly lane: string;
  /** The payload's exact JSON text. */
  readonly payload: string;
  readonly options: JobOptions;
  /** ms since 1970: the time it is scheduled for, if it is. */
  readonly runAt: number | undefined;
  /** How long from now it is scheduled for, ms, by the clock of the shard's server; instead of `runAt`. */
  readonly delayMs?: number | undefined;
  /** Pending requests that the user may have at most. */
  readonly maxDepth: number;
  /** Its seq must be above this: one that MongoDB has refused as taken. */
  readonly above?: number;
}

/** Of one item: its seq, position, and the time it is scheduled for; or why it has none. */
export type HoldItemReply = 'FULL' | 'HEAVY' | 'BUSY' | [string, string, string];

export interface HeldItem {
  /** The shard's time, ms. */
  readonly now: number;
  /** The highest seq of the shard. */
  readonly clock: number;
  readonly reply: HoldItemReply;
}

/** What all items of a call of `lua/hold.lua` have in common. */
export const holdTerms = ({ holdMs, maxBytes }: Pick<QueueSettings, 'holdMs' | 'maxBytes'>): Args => [
  holdMs,
  maxBytes,
];

/** An item of `lua/hold.lua`. @param oldSeq the seq that it has already, or 0 */
export function holdArgs(item: Omit<HoldItem, 'maxDepth'>, maxDepth: number, oldSeq: number): Args {
  const { userId, requestId, type, lane, payload, options, runAt = 0, delayMs, above = 0 } = item;
  const at = delayMs === undefined ? runAt : `+${delayMs}`;
  return [userId, requestId, type, payload, JSON.stringify(options), at, maxDepth, above, oldSeq, lane];
}

/** Reads the reply of `lua/hold.lua`. */
export function readHolds(reply: unknown): HeldItem[] {
  const [now, replies, clock] = reply as [string, HoldItemReply[], string];
  return replies.map((each) => ({ now: Number(now), clock: Number(clock), reply: each }));
}
