/**
 * Every duration that a promise depends on, and the rules between them (docs/queue-protocol.md). LEASE, VIEW and HOLD
 * are settings. During a rolling change two processes have different values, so each process lists its own
 * (`queue/epochs/process.store.ts`), and a process that waits for another one uses that one's values.
 */
import { MINUTE_MS, SECOND_MS } from '../common/time/units';

/** The settings of one process, ms. */
export interface Durations {
  /** How long a user is leased to a worker. */
  readonly leaseMs: number;
  /** How long a process may act on epochs it has read. */
  readonly viewMs: number;
  /** How long an unconfirmed place is held. */
  readonly holdMs: number;
}

/** The longest VIEW that may be set, ms; `LATE_DECISIONS_S` of `queue/lua/_prelude.lua` is longer. */
export const MOST_VIEW_MS = 5 * MINUTE_MS;

/** A recovery waits this much longer than a view of an older epoch lasts, ms. (P1) */
export const RECOVERY_MARGIN_MS = SECOND_MS;

/** How much longer an external lease lasts in Redis than its holder learns, ms: their clock starts later. (P1) */
export const EXTERNAL_GRACE_MS = SECOND_MS;

/**
 * RECOVERY_WAIT of a process, ms: by then every view it had read has ended, and so has the process itself, by its
 * watchdog. (P1)
 */
export const recoveryWaitMs = ({ viewMs }: Pick<Durations, 'viewMs'>): number => viewMs + RECOVERY_MARGIN_MS;

/** How often a process reads the view, ms: two reads may fail before its view ends. */
export const viewReadEveryMs = ({ viewMs }: Pick<Durations, 'viewMs'>): number => viewMs / 3;

/** How often a worker extends its leases, ms: two renewals may fail before its handlers are told to stop. */
export const renewEveryMs = ({ leaseMs }: Pick<Durations, 'leaseMs'>): number => leaseMs / 3;

/** How long a worker may act on a lease, counted from when it asked for it, ms. (P1) */
export const actForMs = ({ leaseMs }: Pick<Durations, 'leaseMs'>): number => 0.8 * leaseMs;

/** A worker's process is gone this long before its lease ends, whatever its handlers do, ms. (P1) */
export const leaseMarginMs = ({ leaseMs }: Pick<Durations, 'leaseMs'>): number =>
  Math.min(SECOND_MS / 2, leaseMs / 10);

/** The shortest LEASE that may be set, ms. */
export const LEAST_LEASE_MS = 700;

/**
 * A server's clock may be ahead of what a worker expects by this, ms; a larger step is a jump. The holder of a lease may
 * have the shortest LEASE, also during a rolling change, and must be gone before its lease can be taken back. (P1)
 */
export const CLOCK_TOLERANCE_MS = leaseMarginMs({ leaseMs: LEAST_LEASE_MS });

/** How long an accept waits for its insert, ms: the held place must outlive it. (P3) */
export const insertForMs = ({ holdMs }: Pick<Durations, 'holdMs'>): number => 0.8 * holdMs;

/**
 * From when a user is locked out, a call or attempt already in flight can still write for this long, ms: an accept
 * within HOLD, a callback within one and a half LEASE. (P3)
 */
export const quietAfterMs = ({ holdMs, leaseMs }: Pick<Durations, 'holdMs' | 'leaseMs'>): number =>
  Math.max(2 * holdMs, 1.5 * leaseMs);

/** The longest lease that an external worker may ask for, ms: it must fit into the rest of a view. (P1) */
export const longestExternalLeaseMs = ({ viewMs }: Pick<Durations, 'viewMs'>): number =>
  Math.floor(viewMs - viewReadEveryMs({ viewMs }));

const NAMES = { leaseMs: 'LEASE_MS', holdMs: 'HOLD_MS' } as const;

/**
 * The errors in a process's durations, alone or together with those of another process: one sentence each. Every LEASE
 * and HOLD must be less than every VIEW, so that a wait for one view outlasts every lease and hold.
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
