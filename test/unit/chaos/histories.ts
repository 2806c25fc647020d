import { RuleName, violationsOf } from '../../chaos/check-history';
import type { Call, Decision, Enqueued, History } from '../../chaos/history';

const USER = 'ada';

/** A request `n`, accepted at n * 10 with the seq n * 1,000,000. */
export const accepted = (name: string, n: number, given: Partial<Enqueued> = {}): Enqueued => ({
  user: USER,
  names: [name],
  delayMs: 0,
  sentAt: n * 10,
  answeredAt: n * 10 + 5,
  verdict: 'done',
  answers: [[{ id: `id-${name}`, seq: n * 1_000_000 }]],
  ...given,
});

/** A call of the request that starts at a time and takes 10 ms; its token is the time of its start. */
export const call = (name: string, n: number, startedAt: number, given: Partial<Call> = {}): Call => ({
  user: USER,
  name,
  id: `id-${name}`,
  seq: n * 1_000_000,
  attempt: 1,
  maxAttempts: 5,
  token: startedAt,
  startedAt,
  endedAt: startedAt + 10,
  status: 200,
  isLate: false,
  wasFrozen: false,
  ...given,
});

/** A decision that was sent at a time and answered 5 ms later. */
export const decided = (
  kind: Decision['kind'],
  sentAt: number,
  name?: string,
  given: Partial<Decision> = {},
): Decision => ({
  user: USER,
  kind,
  ...(name === undefined ? {} : { name }),
  sentAt,
  answeredAt: sentAt + 5,
  verdict: 'done',
  tries: 1,
  ...given,
});

/** The end of a request. */
export const end = (name: string, status = 'succeeded', errorCode?: string) => ({
  user: USER,
  name,
  status,
  errorCode,
});

/** The findings of the checker in a history of one user whose queue is idle at its end: rule and sentence. */
export function found(given: Partial<History>): string[] {
  const history: History = {
    enqueued: [],
    decisions: [],
    calls: [],
    ends: [],
    refills: [],
    moves: [],
    queues: [{ user: USER, state: 'idle', pending: 0 }],
    hurts: [],
    ...given,
  };
  return violationsOf(history).map(({ rule, detail }) => `${rule}: ${detail}`);
}

/** The rules that a history breaks. */
export const broken = (given: Partial<History>): RuleName[] => [
  ...new Set(found(given).map((each) => each.slice(0, each.indexOf(':')) as RuleName)),
];
