import type { Rule, UserHistory } from '../user-history';

/** Nothing of a user runs or starts once the API says that the erasure is complete. */
export const erased: Rule = (user) =>
  user.done('erased').flatMap(({ sentAt, answeredAt }) =>
    user.starts
      .filter(({ endedAt, wasFrozen }) => endedAt > answeredAt && !wasFrozen)
      .filter(({ startedAt }) => startedAt < sentAt || startedAt > answeredAt)
      .map(({ name }) => `${name} runs after its user was erased`),
  );

/** What an erased user was promised has gone with the erasure. */
export const mayBeErased = (user: UserHistory): boolean => user.sent('erase').length > 0;
