/**
 * Every duration on which a promise depends, and what must be true between them (docs/queue-protocol.md). LEASE, VIEW
 * and HOLD are settings: during a rolling change two processes have different ones, so each process lists its own
 * (`queue/epochs/process.store.ts`), and a process that waits for another one uses that process's values.
 */
import { MINUTE_MS, SECOND_MS } from '../common/time/units';

/** The settings of one process, ms. */
export interface Durations {
  /** How long a user is leased to a worker. */
  readonly leaseMs: number;
  /** How long a process may act on the epochs it has read. */
  readonly viewMs: number;
  /** How long a place is held unconfirmed. */
  readonly holdMs: number;
}

/** The longest VIEW that may be set, ms; `LATE_DECISIONS_S` of `queue/lua/_prelude.lua` is longer. */
export const MOST_VIEW_MS = 5 * MINUTE_MS;

/** A recovery waits this much longer than a view of an older epoch lasts, ms. (P1) */
export const RECOVERY_MARGIN_MS = SECOND_MS;

/** An external lease lasts this much longer in Redis than its holder is told, ms: their clock starts later. (P1) */
export const EXTERNAL_GRACE_MS = SECOND_MS;

/** RECOVERY_WAIT of a process: by then every view it had read has ended, and its watchdog has ended it. (P1) */
export const recoveryWaitMs = ({ viewMs }: Pick<Durations, 'viewMs'>): number => viewMs + RECOVERY_MARGIN_MS;

/** How often a process reads the view, ms: two reads may fail before its view ends. */
export const viewReadEveryMs = ({ viewMs }: Pick<Durations, 'viewMs'>): number => viewMs / 3;

/** How often a worker extends its leases, ms: two renewals may fail before its handlers are told to stop. */
export const renewEveryMs = ({ leaseMs }: Pick<Durations, 'leaseMs'>): number => leaseMs / 3;

/** How long a worker may act on a lease after it asked for it, ms. (P1) */
export const actForMs = ({ leaseMs }: Pick<Durations, 'leaseMs'>): number => 0.8 * leaseMs;

/** A worker's process is gone this long before its lease ends, whatever its handler does, ms. (P1) */
export const leaseMarginMs = ({ leaseMs }: Pick<Durations, 'leaseMs'>): number =>
  Math.min(SECOND_MS / 2, leaseMs / 10);

/** How long an accept waits for its insert, ms: the held place must outlive it. (P3) */
export const insertForMs = ({ holdMs }: Pick<Durations, 'holdMs'>): number => 0.8 * holdMs;

/**
 * After which a call, or an attempt, that was under way when its user was let in no more can write nothing: an accept
 * within HOLD, a callback within one and a half LEASE, ms. (P3)
 */
export const quietAfterMs = ({ holdMs, leaseMs }: Pick<Durations, 'holdMs' | 'leaseMs'>): number =>
  Math.max(2 * holdMs, 1.5 * leaseMs);

/** The longest lease that an external worker may ask for, ms: it must fit into what is left of a view. (P1) */
export const longestExternalLeaseMs = ({ viewMs }: Pick<Durations, 'viewMs'>): number =>
  Math.floor(viewMs - viewReadEveryMs({ viewMs }));

const NAMES = { leaseMs: 'LEASE_MS', holdMs: 'HOLD_MS' } as const;

/**
 * What is wrong with a process's durations, by themselves or together with another process's: a sentence for each.
 * Every LEASE and HOLD must be less than every VIEW, so that waiting for one view outlasts any lease and hold.
 */
export function contradictions(own: Durations, other = own): string[] {
  const among = (of: Durations) => (of === own ? '' : ` of ${of.viewMs}`);
  return (['leaseMs', 'holdMs'] as const).flatMap((name) => {
    const sentences: string[] = [];
    if (own[name] >= other.viewMs) sentences.push(`${NAMES[name]} must be less than VIEW_MS${among(other)}.`);
    if (own !== other && other[name] >= own.viewMs)
      sentences.push(`VIEW_MS must be more than ${NAMES[name]} of ${other[name]}.`);
    return sentences;
  });
}
