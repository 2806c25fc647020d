import type { Decision, Span } from '../history';
import type { Rule, UserHistory } from '../user-history';

/** The resolution of the clocks, ms. */
const ROUNDING_MS = 10;

/**
 * While a rate is in force, no period has more starts than the bucket holds and what flows in meanwhile. A call may have been
 * on its way, but it was not leased before the end of the one before. A loss of data or a moved clock of Redis may have filled
 * the bucket: such periods are not judged.
 */
export const rate: Rule = (user) => {
  const changes = user.sent('limit');
  return changes.flatMap((change, n) => {
    if (!change.rate || change.verdict !== 'done') return [];
    return excess(user, change, { from: change.answeredAt, to: changes[n + 1]?.sentAt ?? Infinity });
  });
};

function excess({ starts, refills }: UserHistory, { rate }: Decision, inForce: Span): string[] {
  const { limit, perMs } = rate!;
  const found = starts.flatMap((first, i) => {
    const before = starts[i - 1];
    const from = before && (before.wasFrozen ? before.startedAt : before.endedAt);
    if (from === undefined || from < inForce.from) return [];
    const end = Math.min(inForce.to, ...refills.filter(({ to }) => to > from).map((refill) => refill.from));
    const counted = starts.slice(i).filter(({ startedAt }) => startedAt < end);
    const nth = counted.findIndex(
      ({ startedAt }, j) => j + 1 > limit + ((startedAt - from + ROUNDING_MS) * limit) / perMs,
    );
    return nth < 0 ? [] : [`${nth + 1} starts from ${first.name} on, with a rate of ${limit} in ${perMs} ms`];
  });
  return found.slice(0, 1); // one excess would be reported for many periods
}
