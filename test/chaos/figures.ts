import type { Violation } from './check-history';
import type { Run } from './run';

/** The figures of a run, for one line of JSON. */
export function figuresOf(run: Run, violations: readonly Violation[]) {
  const { enqueued, decisions, calls } = run.history;
  const requests = (verdict: string) =>
    enqueued.filter((each) => each.verdict === verdict).reduce((sum, { names }) => sum + names.length, 0);
  const byKind: Record<string, number> = {};
  for (const { kind, verdict } of decisions) if (verdict === 'done') byKind[kind] = (byKind[kind] ?? 0) + 1;
  const broken: Record<string, number> = {};
  for (const { rule } of violations) broken[rule] = (broken[rule] ?? 0) + 1;
  const outages = new Map<string, number>();
  for (const { user, sentAt, answeredAt, verdict } of enqueued)
    if (verdict === 'done') outages.set(user, Math.max(outages.get(user) ?? 0, answeredAt - sentAt));
  return {
    promised: requests('done'),
    refused: requests('refused'),
    unknown: requests('unknown'),
    delivered: calls.filter(({ status = 0 }) => status >= 200 && status < 300).length,
    calls: calls.length,
    lateRefused: calls.filter(({ isLate }) => isLate).length,
    decisions: countBy(decisions.filter(({ verdict }) => verdict === 'done').map(({ kind }) => kind)),
    faults: run.faults.length,
    faultsByKind: countBy(run.faults.map(({ name }) => name)),
    recoveries: run.recoveries,
    deaths: run.deaths,
    /** The longest time, ms, that a user had no answer to a call that was accepted in the end. */
    longestOutageMs: Math.round(Math.max(0, ...outages.values())),
    medianOfUsersOutageMs: Math.round([...outages.values()].sort((a, b) => a - b)[outages.size >> 1] ?? 0),
    violations: violations.length,
    violationsByRule: countBy(violations.map(({ rule }) => rule)),
  };
}

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
