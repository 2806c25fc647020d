import type { Rule, UserHistory } from '../user-history';

/** Nothing of a user runs, and nothing starts, once the erasure is said to be done. */
export const erased: Rule = (user) =>
  user.done('erased').flatMap(({ sentAt, answeredAt }) =>
    user.starts
      .filter(({ endedAt, wasFrozen }) => endedAt > answeredAt && !wasFrozen)
      .filter(({ startedAt }) => startedAt < sentAt || startedAt > answeredAt)
      .map(({ name }) => `${name} runs after its user was erased`),
  );

/** What such a user was promised has gone with the erasure. */
export const mayBeErased = (user: UserHistory): boolean => user.sent('erase').length > 0;
