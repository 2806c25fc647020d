import type { History } from './history';
import { cancelKept, cancelled, halted, paused } from './rules/decisions';
import { erased } from './rules/erasures';
import { starved } from './rules/fairness';
import { rate } from './rules/rates';
import { idle, lost, refused, told, truth } from './rules/outcomes';
import { batch, key, seqGrows, seqOnce } from './rules/places';
import { inPlace, late, order, overlap, token } from './rules/turns';
import { purged, rest } from './rules/waiting';
import { Rule, UserHistory } from './user-history';

/** Every rule by its name; docs/chaos.md says which promise each one keeps. */
export const RULES = {
  overlap,
  late,
  token,
  order,
  inPlace,
  seqOnce,
  seqGrows,
  key,
  batch,
  lost,
  truth,
  told,
  refused,
  idle,
  cancelled,
  cancelKept,
  paused,
  halted,
  starved,
  purged,
  rest,
  rate,
  erased,
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

export interface Violation {
  readonly rule: RuleName;
  readonly user: string;
  readonly detail: string;
}

/** Returns the promises that a history breaks; empty if it breaks none. */
export function violationsOf(history: History): Violation[] {
  const { enqueued, decisions, calls, ends, queues } = history;
  const users = new Set([...enqueued, ...decisions, ...calls, ...ends, ...queues].map(({ user }) => user));
  return [...users].flatMap((user) => {
    const own = new UserHistory(history, user);
    return (Object.keys(RULES) as RuleName[]).flatMap((rule) =>
      RULES[rule](own).map((detail) => ({ rule, user, detail })),
    );
  });
}
