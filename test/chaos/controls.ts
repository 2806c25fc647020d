import type { FaultName } from './faults/all';

/**
 * The rules of the protocol that a control leaves out (test/support/programs/without-rule.js), each with the faults that
 * show what the rule is for.
 */
export const CONTROLS = {
  /** Processes act on epochs that they read long ago. */
  view: ['a worker is left behind'],
  /** A recovery does not wait until no process acts under an older epoch. */
  wait: ['Redis is flushed', 'some are split from both'],
  /** The scripts do not check the server's history. */
  replid: ['Redis is rolled back', 'Redis fails over', 'Redis fails over and back'],
  /** A doubtful job runs without a look-up. */
  lookup: [
    'replies of Redis are lost',
    'some are split from Redis',
    'a worker is killed',
    'Redis fails over',
  ],
  /** The tokens of a new epoch start again at the beginning. */
  tokens: ['Redis is flushed', 'Redis is killed'],
  /** A user keeps a slot as long as they have requests waiting. No fault is needed if there are few slots. */
  fair: [],
  /** A recovery does not wait for the leases of external workers. */
  external: ['Redis is flushed', 'Redis is killed'],
  /** A write is promised once the primary has it, although no other member does. */
  majority: ['the primary of MongoDB is not followed', 'the primary of MongoDB is killed'],
  /** Requests that a purge has cancelled are still leased. */
  purge: ['Redis forgets its scripts'],
  /** The requests behind a failure are not cancelled. */
  rest: ['Redis forgets its scripts'],
  /** A rate does not limit starts. */
  rate: ['a worker is killed'],
  /** The outcome that an external worker reports is acknowledged, and not recorded. */
  told: ['a worker is killed'],
  /** The requests of an erased user are kept. */
  erased: ['Redis forgets its scripts'],
} satisfies Record<string, readonly FaultName[]>;

/** Further variables of a control's processes, so that the rule is needed. */
export const CONTROL_VARIABLES: Partial<Record<ControlName, Readonly<Record<string, string>>>> = {
  fair: { WORKER_CONCURRENCY: '1', QUEUE_MAX_DEPTH: '40' }, // a shallow queue is soon empty at the end
  external: { VIEW_MS: '30000' }, // leases that are longer than a recovery takes
};

/** Duration of each call, ms, which then succeeds: more requests wait than there are slots, and none frees its slot early. */
export const CONTROL_STEADY_MS: Partial<Record<ControlName, number>> = { fair: 400 };

export type ControlName = keyof typeof CONTROLS;
