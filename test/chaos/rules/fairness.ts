import type { Call } from '../history';
import type { Rule, UserHistory } from '../user-history';

/**
 * Requests that another user may start while one waits. The protocol allows a quantum of five; the wake-up that notifies a
 * process of the wait takes a while.
 */
const MOST_STARTS = 8;
/** The time after a fault until its consequences are over: recoveries, leases, connections and polls, ms. */
const SETTLED_MS = 10_000;

/** A request that could start and waited for a slot; times as in the history. */
interface Wait {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Nobody starves: while a request waits that could start, no other user starts much more than a quantum. (P5) This counts only
 * without a fault: a closed shard makes its own users wait, and not those of others. External workers have their own slots and
 * are not counted.
 */
export const starved: Rule = (user) =>
  waitsOf(user).flatMap(({ name, from, to }) => {
    const counts = new Map<string, number>();
    for (const call of user.others)
      if (!call.isExternal && call.startedAt > from && call.startedAt < to && !isHurt(user, call.startedAt))
        counts.set(call.user, (counts.get(call.user) ?? 0) + 1);
    return [...counts]
      .filter(([, starts]) => starts > MOST_STARTS)
      .map(
        ([other, starts]) => `${name} waits from ${ms(from)} to ${ms(to)} while ${other} starts ${starts}`,
      );
  });

const ms = (moment: number) => moment.toFixed(0);

const isHurt = ({ hurts }: UserHistory, moment: number): boolean =>
  hurts.some(({ from, to }) => moment >= from && moment <= to + SETTLED_MS);

/**
 * From when a request was at the head and could start (or from the last decision about the queue before that) to its first
 * start. Only requests for which this is certain.
 */
function waitsOf(user: UserHistory): Wait[] {
  const { starts, enqueued, decisions } = user;
  return enqueued.flatMap(({ names, delayMs, answeredAt, verdict }) =>
    names.flatMap((name) => {
      const nth = starts.findIndex((call) => call.name === name);
      const before = starts[nth - 1];
      const to = starts[nth]?.startedAt ?? 0;
      const decided = decisions.filter(({ sentAt }) => sentAt < to).map((decision) => decision.answeredAt);
      const from = Math.max(answeredAt, before?.toldAt ?? before?.endedAt ?? 0, ...decided);
      const isCertain =
        verdict === 'done' && delayMs === 0 && from < to && hasSucceeded(before) && !starts[nth]?.isExternal;
      return isCertain && mayStart(user, to) ? [{ name, from, to }] : [];
    }),
  );
}

/** No earlier failure holds the user's queue up. */
const hasSucceeded = (call: Call | undefined): boolean => call === undefined || call.status === 200;

/** No earlier decision holds the queue up. */
function mayStart({ decisions }: UserHistory, to: number): boolean {
  const sent = decisions.filter(({ sentAt }) => sentAt < to);
  const last = (...kinds: string[]) => sent.filter(({ kind }) => kinds.includes(kind)).at(-1)?.kind;
  const isLimited = Boolean(sent.filter(({ kind }) => kind === 'limit').at(-1)?.rate);
  return (
    last('pause', 'resume') !== 'pause' && last('halt', 'cancelRest', 'continue') !== 'halt' && !isLimited
  );
}
