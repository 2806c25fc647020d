import type { Call } from '../history';
import type { Rule, UserHistory } from '../user-history';

/**
 * Requests that one other user may start while somebody waits. A quantum, five, is what the protocol allows; the wake-up
 * that tells a process of the wait takes a while.
 */
const MOST_STARTS = 8;
/** What a fault leaves behind is whole again so long after it: recoveries, leases, connections and polls, ms. */
const SETTLED_MS = 10_000;

/** A request that could start, and waited for a slot: times as in the history. */
interface Wait {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Nobody starves: while a request waits that could start, no other user starts much more than a quantum. (P5) Counted only
 * while nothing is hurt: a shard that is closed keeps its users waiting, and not those of others. External workers have
 * slots of their own, and are not counted.
 */
export const starved: Rule = (user) =>
  waitsOf(user).flatMap(({ name, from, to }) => {
    const counts = new Map<string, number>();
    for (const call of user.others)
      if (!call.isExternal && call.startedAt > from && call.startedAt < to && !isHurt(user, call.startedAt))
        counts.set(call.user, (counts.get(call.user) ?? 0) + 1);
    return [...counts]
      .filter(([, starts]) => starts > MOST_STARTS)
      .map(([other, starts]) => `${name} waits while ${other} starts ${starts}`);
  });

const isHurt = ({ hurts }: UserHistory, moment: number): boolean =>
  hurts.some(({ from, to }) => moment >= from && moment <= to + SETTLED_MS);

/**
 * From when a request was at the head and could start, to its first start, or from what was decided last about the queue before
 * that. Of those for which it is certain.
 */
function waitsOf(user: UserHistory): Wait[] {
  const { starts, enqueued, decisions } = user;
  return enqueued.flatMap(({ names, delayMs, answeredAt, verdict }) =>
    names.flatMap((name) => {
      const nth = starts.findIndex((call) => call.name === name);
      const before = starts[nth - 1];
      const to = starts[nth]?.startedAt ?? 0;
      const decided = decisions.filter(({ sentAt }) => sentAt < to).map((decision) => decision.answeredAt);
      const from = Math.max(answeredAt, before?.endedAt ?? 0, ...decided);
      const isCertain =
        verdict === 'done' && delayMs === 0 && from < to && hasSucceeded(before) && !starts[nth]?.isExternal;
      return isCertain && mayStart(user, to) ? [{ name, from, to }] : [];
    }),
  );
}

/** Nothing that failed before keeps its user's queue back. */
const hasSucceeded = (call: Call | undefined): boolean => call === undefined || call.status === 200;

/** Nothing that was decided before holds the queue up. */
function mayStart({ decisions }: UserHistory, to: number): boolean {
  const sent = decisions.filter(({ sentAt }) => sentAt < to);
  const last = (...kinds: string[]) => sent.filter(({ kind }) => kinds.includes(kind)).at(-1)?.kind;
  const isLimited = Boolean(sent.filter(({ kind }) => kind === 'limit').at(-1)?.rate);
  return (
    last('pause', 'resume') !== 'pause' && last('halt', 'cancelRest', 'continue') !== 'halt' && !isLimited
  );
}
