import type { Rule } from '../user-history';
import { mayBeErased } from './erasures';
import { mayBeCancelledWithOthers } from './waiting';

const FINAL = ['succeeded', 'failed', 'cancelled', 'dismissed'];

/** Every 202 reaches a final status. (P3) */
export const lost: Rule = (user) =>
  [...user.places.keys()]
    .filter(() => !mayBeErased(user))
    .filter((name) => !FINAL.includes(user.ends.get(name)?.status ?? ''))
    .map((name) => `${name} was promised, and is ${user.ends.get(name)?.status ?? 'not there'}`);

/** A status is true: succeeded was delivered, failed was refused or lost its workers, the others were requested. (P3) */
export const truth: Rule = (user) =>
  [...user.ends.values()].flatMap(({ name, status, errorCode }) => {
    const calls = user.starts.filter((call) => call.name === name);
    const answers = calls.map((call) => call.status ?? 0);
    const isTrue =
      status === 'succeeded'
        ? answers.some((answer) => answer >= 200 && answer < 300)
        : status === 'failed'
          ? errorCode === 'worker_lost' || answers.some((answer) => answer >= 400)
          : status === 'cancelled'
            ? user.sent('cancel', name).length > 0 || mayBeCancelledWithOthers(user, name)
            : status === 'dismissed'
              ? user.sent('dismiss', name).length > 0
              : true; // not ended: that is for `lost`
    return isTrue ? [] : [`${name} is said to be ${status}, which nobody saw`];
  });

/** An outcome that the API has confirmed to an external worker holds, and its request does not start again. (P3) */
export const told: Rule = (user) =>
  user.starts
    .filter((call) => call.told !== undefined && call.told !== 'retrying')
    .filter(({ name }) => user.sent('retry', name).length === 0)
    .flatMap(({ id, name, told, startedAt }) => {
      const status = user.ends.get(name)?.status ?? told;
      const isOther = status !== told && !(told === 'failed' && status === 'dismissed');
      const starts = user.starts.some((call) => call.id === id && call.startedAt > startedAt);
      return [
        ...(isOther ? [`${name} was told to be ${told}, and is ${status}`] : []),
        ...(starts ? [`${name} starts again after it was told to be ${told}`] : []),
      ];
    });

/** What was answered with a 4xx was never accepted. (P3) */
export const refused: Rule = ({ enqueued, starts }) =>
  enqueued
    .filter(({ verdict }) => verdict === 'refused')
    .flatMap(({ names }) => names.filter((name) => starts.some((call) => call.name === name)))
    .map((name) => `${name} was refused, and runs`);

/** At the end, every queue is idle. */
export const idle: Rule = ({ queue }) =>
  queue && (queue.state !== 'idle' || queue.pending > 0)
    ? [`the queue is ${queue.state} with ${queue.pending} pending`]
    : [];
