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
  /** When it is scheduled for, ms since 1970, if it is. */
  readonly runAt: number | undefined;
  /** How long from now it is scheduled for, ms, by the clock of the shard's server; instead of `runAt`. */
  readonly delayMs?: number | undefined;
  /** Most pending requests of the user. */
  readonly maxDepth: number;
  /** Its seq must be above this, because MongoDB has refused this one as taken. */
  readonly above?: number;
}

/** The result for one item: its seq, position and scheduled time, or why it has none. */
export type HoldItemReply = 'FULL' | 'HEAVY' | 'BUSY' | [string, string, string];

export interface HeldItem {
  /** The shard's time, ms. */
  readonly now: number;
  /** The highest seq of the shard. */
  readonly clock: number;
  readonly reply: HoldItemReply;
}

/** What all items of one call of `lua/hold.lua` share. */
export const holdTerms = ({ holdMs, maxBytes }: Pick<QueueSettings, 'holdMs' | 'maxBytes'>): Args => [
  holdMs,
  maxBytes,
];

/** An item of `lua/hold.lua`. @param oldSeq the seq that it already has, or 0 */
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
