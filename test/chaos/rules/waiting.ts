import type { Call, Decision, Enqueued } from '../history';
import type { Rule, UserHistory } from '../user-history';
import { hasFailed, isPolicy } from './decisions';

/** The names of matching requests that were answered with 202 before a moment. */
const acceptedBefore = (
  { enqueued }: UserHistory,
  moment: number,
  matches: (each: Enqueued) => boolean = () => true,
): Set<string> =>
  new Set(
    enqueued
      .filter((each) => each.answers.length > 0 && each.answeredAt < moment && matches(each))
      .flatMap(({ names }) => names),
  );

/** Whether the user may have retried a request after a moment. */
const isRetriedAfter = (user: UserHistory, name: string, moment: number): boolean =>
  user.sent('retry', name).some(({ answeredAt }) => answeredAt > moment);

/**
 * A request that waits when a purge is sent never starts once the purge is answered. A running request is spared, and so is
 * one that may have been leased before: the first to start, if no call is open when the answer comes.
 */
export const purged: Rule = (user) =>
  user.done('purge').flatMap(({ sentAt, answeredAt }) => {
    const accepted = acceptedBefore(user, sentAt);
    const isMeant = ({ name }: Call) => accepted.has(name) && !isRetriedAfter(user, name, sentAt);
    const meanwhile = user.starts.filter((call) => call.startedAt <= answeredAt && call.endedAt > sentAt);
    const after = user.starts.filter((call) => call.startedAt > answeredAt && isMeant(call));
    const isOpen = meanwhile.some((call) => call.endedAt > answeredAt && !call.wasFrozen);
    const spared = new Set([...meanwhile, ...(isOpen ? [] : after.slice(0, 1))].map(({ name }) => name));
    return after
      .filter(({ name }) => !spared.has(name))
      .map(({ name }) => `${name} starts though it waited when the queue was purged`);
  });

/**
 * With the policy `cancel-rest`, a request that was accepted before another one has failed permanently does not start after it,
 * unless it is retried. The order is taken from the times of both, so this does not apply if a clock was moved meanwhile.
 */
export const rest: Rule = (user) =>
  user.starts.flatMap((call, i) => {
    const next = user.starts[i + 1];
    if (!next || next.id === call.id || !hasFailed(call) || !isPolicy('cancelRest', user, call)) return [];
    if (user.sent('cancel', call.name).length > 0) return []; // perhaps it did not fail
    if (isPolicyChanged(user, call.startedAt, next.startedAt)) return []; // perhaps before the failure was recorded
    const isTimely = ({ sentAt }: Enqueued) =>
      !user.moves.some(({ from, to }) => from < next.startedAt && to > sentAt);
    const accepted = acceptedBefore(user, call.startedAt, isTimely);
    return user.starts
      .slice(i + 1)
      .filter(({ name }) => accepted.has(name) && !isRetriedAfter(user, name, call.startedAt))
      .map(({ name }) => `${name} starts though ${call.name} has failed and cancels the rest`);
  });

const isPolicyChanged = ({ decisions }: UserHistory, from: number, to: number): boolean =>
  decisions.some(
    ({ kind, sentAt }) => (kind === 'continue' || kind === 'halt') && sentAt > from && sentAt < to,
  );

/** Whether a request that was not cancelled itself may have been cancelled with others, by a purge or a failure. */
export function mayBeCancelledWithOthers(user: UserHistory, name: string): boolean {
  const { sentAt = Infinity } = user.enqueued.find(({ names }) => names.includes(name)) ?? {};
  const reached = ({ answeredAt }: Decision) => answeredAt > sentAt;
  if (user.sent('purge').some(reached)) return true;
  const hasFailedAfter = (moment: number) =>
    user.starts.some((call) => call.endedAt > moment && (call.status ?? 500) >= 400) ||
    [...user.ends.values()].some(({ errorCode }) => errorCode === 'worker_lost');
  return user.sent('cancelRest').some((policy) => hasFailedAfter(policy.sentAt));
}
