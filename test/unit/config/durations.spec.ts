import * as d from '../../../src/config/durations';

const usual = { leaseMs: 10_000, viewMs: 30_000, holdMs: 5_000 };
/** The least and the most that `config/env.ts` accepts, and the usual values. */
const all: d.Durations[] = [
  usual,
  { leaseMs: d.LEAST_LEASE_MS, viewMs: 1_000, holdMs: 200 },
  { leaseMs: 999, viewMs: 1_000, holdMs: 999 },
  { leaseMs: d.MOST_VIEW_MS - 1, viewMs: d.MOST_VIEW_MS, holdMs: d.MOST_VIEW_MS - 1 },
];

it.each(all)('the durations keep every inequality that a promise depends on: %j', (of) => {
  expect(d.contradictions(of)).toEqual([]);
  // A view lasts longer than what is begun under it, and a recovery waits longer than the view.
  expect(of.leaseMs).toBeLessThan(of.viewMs);
  expect(of.holdMs).toBeLessThan(of.viewMs);
  expect(of.viewMs).toBeLessThan(d.recoveryWaitMs(of));
  // Two reads of the view, and two renewals of a lease, may fail.
  expect(3 * d.viewReadEveryMs(of)).toBeLessThanOrEqual(of.viewMs);
  expect(2 * d.renewEveryMs(of)).toBeLessThan(d.actForMs(of));
  // First a worker stops, then its process is gone, then its lease ends.
  expect(d.actForMs(of)).toBeLessThan(of.leaseMs - d.leaseMarginMs(of));
  expect(d.leaseMarginMs(of)).toBeGreaterThan(0);
  expect(d.leaseMarginMs(of)).toBeGreaterThanOrEqual(d.CLOCK_TOLERANCE_MS);
  expect(d.leaseMarginMs(of)).toBeLessThan(d.RECOVERY_MARGIN_MS);
  // An accept gives up before its hold ends.
  expect(d.insertForMs(of)).toBeLessThan(of.holdMs);
  // The lease of an external worker ends within the view that was read last.
  expect(d.longestExternalLeaseMs(of) + d.viewReadEveryMs(of)).toBeLessThanOrEqual(of.viewMs);
});

it.each([
  [{ leaseMs: 30_000 }, usual, ['LEASE_MS must be less than VIEW_MS of 30000.']],
  [{ holdMs: 30_000 }, usual, ['HOLD_MS must be less than VIEW_MS of 30000.']],
  [{ viewMs: 10_000, leaseMs: 1_000 }, usual, ['VIEW_MS must be more than LEASE_MS of 10000.']],
  [{ viewMs: 60_000, leaseMs: 20_000 }, usual, []],
  [{ viewMs: 60_000, leaseMs: 20_000 }, { viewMs: 20_000 }, ['LEASE_MS must be less than VIEW_MS of 20000.']],
])('the durations of two processes are compared: %j beside %j', (own, other, sentences) => {
  expect(d.contradictions({ ...usual, ...own }, { ...usual, ...other })).toEqual(sentences);
});
