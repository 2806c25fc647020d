import type { FaultName } from './faults/all';

/**
 * The rules of the protocol that a control takes out (test/support/programs/without-rule.js), each with the faults that
 * bring out what it is for.
 */
export const CONTROLS = {
  /** Processes act on epochs that they have not read for long. */
  view: ['a worker is left behind'],
  /** A recovery does not wait until nobody acts under an older epoch. */
  wait: ['Redis is flushed', 'some are split from both'],
  /** The gate does not look at the server's history. */
  replid: ['Redis is rolled back', 'Redis fails over', 'Redis fails over and back'],
  /** A doubtful job is not looked up before it runs. */
  lookup: [
    'replies of Redis are lost',
    'some are split from Redis',
    'a worker is killed',
    'Redis fails over',
  ],
  /** The tokens of a new epoch begin anew. */
  tokens: ['Redis is flushed', 'Redis is killed'],
  /** A user keeps the slot until nothing of theirs waits. Found without any fault, where slots are few. */
  fair: [],
  /** A recovery does not wait for the leases of external workers. */
  external: ['Redis is flushed', 'Redis is killed'],
  /** What a primary took is promised though no other member has it. */
  majority: ['the primary of MongoDB is not followed', 'the primary of MongoDB is killed'],
  /** What a purge cancels is still given out. */
  purge: ['Redis forgets its scripts'],
  /** What waits behind a failure is not cancelled. */
  rest: ['Redis forgets its scripts'],
  /** A rate limits nothing. */
  rate: ['a worker is killed'],
  /** What an external worker tells is answered, and not recorded. */
  told: ['a worker is killed'],
  /** The requests of an erased user are left alone. */
  erased: ['Redis forgets its scripts'],
} satisfies Record<string, readonly FaultName[]>;

/** What a control's processes are given besides, so that the rule is needed. */
export const CONTROL_VARIABLES: Partial<Record<ControlName, Readonly<Record<string, string>>>> = {
  fair: { WORKER_CONCURRENCY: '1', QUEUE_MAX_DEPTH: '40' }, // so many that what waits at the end is soon over
  external: { VIEW_MS: '30000' }, // leases that are longer than a recovery takes
};

/** How long each call takes, ms, and succeeds: more wants to run than there are slots, and no failure gives one up. */
export const CONTROL_STEADY_MS: Partial<Record<ControlName, number>> = { fair: 400 };

export type ControlName = keyof typeof CONTROLS;
