import type { Call } from '../history';
import type { Rule, UserHistory } from '../user-history';

/**
 * One at a time: no call is open when the next one starts. (P1) A call whose process was frozen is excepted: nothing could
 * end it there, and whatever it sends later has a lower token.
 */
export const overlap: Rule = ({ starts }) =>
  starts.flatMap((call, i) =>
    starts
      .slice(0, i)
      .filter((before) => before.endedAt > call.startedAt && !before.wasFrozen)
      .map((before) => `${call.name} starts while ${before.name} is running`),
  );

/** A call with a lower token than one seen before comes only from a frozen process. (P1) */
export const late: Rule = ({ calls }) =>
  calls.filter(({ isLate, wasFrozen }) => isLate && !wasFrozen).map(({ name }) => `${name} starts late`);

/** The fencing token grows with every call. (P1) */
export const token: Rule = ({ starts }) =>
  starts.flatMap((call, i) => {
    const before = starts[i - 1];
    return before && call.token <= before.token
      ? [`the token of ${call.name} does not grow: ${before.token}, ${call.token}`]
      : [];
  });

/**
 * Promised requests start for the first time in the order of seq. (P2) A request that has failed without a call (its workers
 * died) and is run again starts when its user wants it. A scheduled one may have the place of its acceptance once a clock was
 * moved, and starts at its time.
 */
export const order: Rule = (user) => {
  const { starts, places } = user;
  const isMoved = movedBefore(user);
  const seen = new Set<string>();
  const firsts = starts
    .filter(({ name, id }) => places.get(name)?.id === id && !seen.has(id) && seen.add(id))
    .filter(({ name, startedAt }) => retriesBefore(user, name, startedAt) === 0)
    .filter((call) => !isMoved(call));
  return firsts.flatMap((call, i) => {
    const above = firsts.slice(0, i).find(({ seq }) => seq > call.seq);
    return above ? [`${call.name} starts after ${above.name}, which has a higher seq`] : [];
  });
};

/** Whether a call is of a scheduled request that may have the place of its acceptance, because a clock was moved before. */
function movedBefore({ enqueued, moves }: UserHistory): (call: Call) => boolean {
  const scheduled = new Set(enqueued.filter(({ delayMs }) => delayMs > 0).flatMap(({ names }) => names));
  return ({ name, startedAt }) => scheduled.has(name) && moves.some(({ from }) => from < startedAt);
}

/**
 * Retried in place: once a request has started, nothing else of its user starts until it has ended. (P2) So its calls follow
 * each other, and come back only if its user has it run again: as often as a retry was sent before.
 *
 * The exception: an attempt that is lost together with Redis has no record, so older requests run before its repetition:
 * those which their user runs again at that moment, and scheduled ones which had the place of their acceptance and have
 * become due meanwhile.
 */
export const inPlace: Rule = (user) => {
  const { starts } = user;
  const isMoved = movedBefore(user);
  const last = new Map<string, number>();
  const returns = starts.filter(({ id, seq, startedAt }, i) => {
    const between = starts.slice((last.get(id) ?? i) + 1, i);
    last.set(id, i);
    const isOlder = (call: Call) =>
      call.seq < seq && (retriesBefore(user, call.name, startedAt) > 0 || isMoved(call));
    return between.length > 0 && !between.every(isOlder);
  });
  return returns.flatMap(({ name, startedAt }, i) => {
    const nth = returns.slice(0, i + 1).filter((call) => call.name === name).length;
    return nth <= retriesBefore(user, name, startedAt) ? [] : [`${name} was overtaken before it had ended`];
  });
};

/** The number of retries of a request that may have arrived before a moment. */
const retriesBefore = (user: UserHistory, name: string, moment: number): number =>
  user
    .sent('retry', name)
    .filter(({ sentAt }) => sentAt < moment)
    .reduce((sum, { tries }) => sum + tries, 0);
