import { SECOND_MS } from '../../common/time/units';
import type { AttemptRecord, RequestDocument } from '../../journal/request-document';

export const AUDIT_RULES = ['seq', 'order', 'overlap', 'gap'] as const;
export type AuditRule = (typeof AUDIT_RULES)[number];

/** Two requests of a user that together break a promise. */
export interface Violation {
  readonly rule: AuditRule;
  /** In the order of their seq, or of their starts. */
  readonly requestIds: readonly [string, string];
}

/** The fields of a request that an audit reads. */
export type Audited = Pick<RequestDocument, '_id' | 'seq' | 'pending' | 'startedAt'> & {
  readonly attempts: readonly AuditedAttempt[];
};
type AuditedAttempt = Pick<AttemptRecord, 'token' | 'startedAt' | 'finishedAt'>;

/** Servers of two epochs may have clocks that differ. */
const OTHER_SERVER_MS = SECOND_MS;
/** A worker's clock may run faster than the server's by a hundred parts in a million. */
const DRIFT = 1e-4;
const EPOCH_TOKENS = 2 ** 32;

/**
 * Checks the records of a user's requests against the promises.
 *
 * seq: two have the same. order (P2): one started for the first time before another with a lower seq. overlap (P1):
 * two attempts ran at once. gap (P2): one waits although a later one has started.
 *
 * Starts are compared by the fencing token, which grows with each start; by their times if the token is not known (an
 * attempt whose worker died), with a tolerance of a second.
 * @param requests in the order of seq
 */
export function violationsOf(requests: readonly Audited[]): Violation[] {
  return [...sameSeq(requests), ...outOfOrder(requests), ...overlaps(requests), ...gaps(requests)];
}

function sameSeq(requests: readonly Audited[]): Violation[] {
  return pairs(requests).flatMap(([a, b]) => (a.seq === b.seq ? [broken('seq', a, b)] : []));
}

function outOfOrder(requests: readonly Audited[]): Violation[] {
  const started = requests.filter(({ startedAt }) => startedAt !== undefined);
  return pairs(started).flatMap(([a, b]) => (startedBefore(b, a) ? [broken('order', a, b)] : []));
}

function startedBefore(one: Audited, other: Audited): boolean {
  const [token, otherToken] = [firstTokenOf(one), firstTokenOf(other)];
  if (token !== undefined && otherToken !== undefined) return token < otherToken;
  return timeOf(one.startedAt) + OTHER_SERVER_MS < timeOf(other.startedAt);
}

/** Undefined if the first attempt has no token, or is no longer stored. */
const firstTokenOf = ({ startedAt, attempts: [first] }: Audited): number | undefined =>
  first?.startedAt?.getTime() === startedAt?.getTime() ? first?.token : undefined;

interface Run {
  readonly request: Audited;
  readonly token: number;
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** The end of an attempt whose worker died is not known: such attempts are not compared. */
function overlaps(requests: readonly Audited[]): Violation[] {
  const runs = requests
    .flatMap((request) => request.attempts.flatMap((attempt) => runOf(request, attempt)))
    .sort((a, b) => a.token - b.token);
  return pairs(runs).flatMap(([a, b]) =>
    b.startedAt + toleranceMs(a, b) < a.finishedAt ? [broken('overlap', a.request, b.request)] : [],
  );
}

function runOf(request: Audited, { token, startedAt, finishedAt }: AuditedAttempt): Run[] {
  if (token === undefined || startedAt === undefined || finishedAt === undefined) return [];
  return [{ request, token, startedAt: startedAt.getTime(), finishedAt: finishedAt.getTime() }];
}

const toleranceMs = (a: Run, b: Run) =>
  Math.floor(a.token / EPOCH_TOKENS) === Math.floor(b.token / EPOCH_TOKENS)
    ? DRIFT * (a.finishedAt - a.startedAt)
    : OTHER_SERVER_MS;

function gaps(requests: readonly Audited[]): Violation[] {
  const lastStarted = requests.findLast(({ startedAt }) => startedAt !== undefined);
  if (!lastStarted) return [];
  return requests
    .filter(({ pending, startedAt, seq }) => pending && startedAt === undefined && seq < lastStarted.seq)
    .map((request) => broken('gap', request, lastStarted));
}

const broken = (rule: AuditRule, a: Audited, b: Audited): Violation => ({ rule, requestIds: [a._id, b._id] });

const pairs = <T>(all: readonly T[]): [T, T][] => all.slice(1).map((each, i) => [all[i]!, each]);

const timeOf = (moment: Date | undefined) => moment?.getTime() ?? NaN;
