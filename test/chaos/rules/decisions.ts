import type { Call, Decision } from '../history';
import type { Rule, UserHistory } from '../user-history';
import { mayBeErased } from './erasures';

/**
 * The calls that start after an answer although they must not. A call that was leased before may still be on its way to the
 * target: the first one, unless another call was open at that moment, because then it was waiting.
 */
function startedAfter(user: UserHistory, at: number, isMeant: (call: Call) => boolean): Call[] {
  const isOpen = user.starts.some((call) => call.startedAt <= at && call.endedAt > at && !call.wasFrozen);
  const after = user.starts.filter(({ startedAt }) => startedAt > at);
  return after.filter((call, i) => isMeant(call) && (isOpen || i > 0));
}

/** A request that waits when its cancel is answered never runs; one that runs does not run again. */
export const cancelled: Rule = (user) =>
  user
    .done('cancel')
    .flatMap(({ name, answeredAt }) => startedAfter(user, answeredAt, (call) => call.name === name))
    .map(({ name }) => `${name} starts after its cancel was answered`);

/** A cancel that was answered with success holds. */
export const cancelKept: Rule = (user) =>
  user
    .done('cancel')
    .filter(({ name }) => user.ends.get(name!)?.status !== 'cancelled' && !mayBeErased(user))
    .map(({ name }) => `${name} was cancelled, and is ${user.ends.get(name!)?.status ?? 'not there'}`);

/** A paused queue starts nothing from the answer to the pause until a resume is sent. */
export const paused: Rule = (user) =>
  user.done('pause').flatMap((pause) => {
    const end = nextOf(user.decisions, pause, 'resume')?.sentAt ?? Infinity;
    return startedAfter(user, pause.answeredAt, ({ startedAt }) => startedAt < end).map(
      ({ name }) => `${name} starts while the queue is paused`,
    );
  });

/**
 * With the policy `halt`, nothing else of a user starts after a request has failed permanently, until it is retried or
 * dismissed, or the policy is changed.
 */
export const halted: Rule = (user) =>
  user.starts.flatMap((call, i) => {
    const next = user.starts[i + 1];
    if (!next || next.id === call.id || !hasFailed(call) || !isPolicy('halt', user, call)) return [];
    if (user.sent('cancel', call.name).length > 0) return []; // perhaps it did not fail
    const isLifted = user.decisions.some(
      ({ kind, name, sentAt }) =>
        sentAt < next.startedAt &&
        sentAt > call.startedAt &&
        (kind === 'continue' || (name === call.name && (kind === 'retry' || kind === 'dismiss'))),
    );
    return isLifted ? [] : [`${next.name} starts though ${call.name} has failed and halts the queue`];
  });

/** Whether the queue's policy applies to this answer, because no attempt is left. */
export const hasFailed = ({ status = 0, attempt, maxAttempts }: Call): boolean =>
  status >= 500 ? attempt >= maxAttempts : status >= 400;

/** Whether this was the policy during the whole call. */
export function isPolicy(
  policy: 'halt' | 'cancelRest',
  { decisions }: UserHistory,
  { startedAt, endedAt }: Call,
): boolean {
  const policies = decisions.filter(({ kind }) => ['halt', 'cancelRest', 'continue'].includes(kind));
  const before = policies.filter(({ sentAt }) => sentAt < endedAt).at(-1);
  return before?.kind === policy && before.verdict === 'done' && before.answeredAt < startedAt;
}

const nextOf = (decisions: readonly Decision[], after: Decision, kind: Decision['kind']) =>
  decisions.find((each) => each.kind === kind && each.sentAt >= after.answeredAt);
