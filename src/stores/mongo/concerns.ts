import { SECOND_MS } from '../../common/time/units';

/** For every write that decides or is reported: it must survive the loss of a server. (P3) */
export const DURABLE = { writeConcern: { w: 'majority', journal: true } } as const;

/** For every read that decides: only durable data counts. A deposed primary may answer with an older state. */
export const DECIDING = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const;

/**
 * For a read that must not miss what was acknowledged: a deposed primary cannot answer it. Waits for a majority, and
 * fails without one. (P1, P2)
 */
export const LINEARIZABLE = {
  readConcern: { level: 'linearizable' },
  readPreference: 'primary',
  maxTimeMS: 5 * SECOND_MS,
} as const;
