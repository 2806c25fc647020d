import { leaseMarginMs } from '../../../../src/config/durations';
import { TAKE_NOTHING_BACK } from '../../../../src/queue/scripts/claim';
import { ServerClock } from '../../../../src/workers/turns/server-clock';

const LEASE_MS = 10_000;
const VIEW_MS = 3 * LEASE_MS;
/** The lease of another process, during a rolling change. */
const SHORT_LEASE_MS = 700;
/** The lease of an external worker. */
const LONG_LEASE_MS = 2 * LEASE_MS;
const EPOCH = 7;
/** The server's clock is ahead of the worker's monotonic one by this. */
const OFFSET = 1_700_000_000_000;

/** A call that was sent at `at` and took 4 ms. */
const observe = (
  clock: ServerClock,
  at: number,
  ahead = 0,
  longestLeaseMs = LEASE_MS,
  steps = 0,
  epoch = EPOCH,
) => clock.observe({ now: OFFSET + at + 2 + ahead, longestLeaseMs, steps }, epoch, at, at + 4);

const cutoff = (clock: ServerClock, at: number) => clock.cutoff(EPOCH, at).until;

it('a worker takes nothing back before it has known the server for a lease', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  expect(cutoff(clock, 0)).toBe(0);
  observe(clock, 0);
  expect(cutoff(clock, 5000)).toBe(0);
  expect(cutoff(clock, LEASE_MS + 10)).toBeGreaterThan(0);
});

it('a worker takes nothing back for the longest lease given, if that is longer (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0, 0, LONG_LEASE_MS);
  expect(cutoff(clock, LONG_LEASE_MS + 3)).toBe(0);
  expect(cutoff(clock, LONG_LEASE_MS + 4)).toBeGreaterThan(0);
});

it('the cutoff is the expected time, plus the time by which every worker stops before its lease ends (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  observe(clock, 20_000);
  expect(cutoff(clock, 30_000)).toBe(OFFSET + 30_000 - 2 + 70);
});

it('a step forward ends no lease of a process with a shorter LEASE before that process is gone (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  const given = 20_000;
  observe(clock, given);
  const gone = given + SHORT_LEASE_MS - leaseMarginMs({ leaseMs: SHORT_LEASE_MS });
  expect(cutoff(clock, gone)).toBeLessThan(OFFSET + given + SHORT_LEASE_MS);
});

it('after a step forward a worker spares all leases for the longest lease, and then trusts the new time (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  observe(clock, 20_000);
  // An hour forward: the next claim still has the cutoff that was expected before it.
  expect(cutoff(clock, 20_100)).toBeLessThan(OFFSET + 22_000);
  observe(clock, 20_100, 3_600_000);
  expect(cutoff(clock, 25_000)).toBe(0);
  expect(cutoff(clock, 20_103 + VIEW_MS)).toBe(0);
  expect(cutoff(clock, 20_104 + VIEW_MS)).toBeGreaterThan(OFFSET + 3_600_000);
});

it('after a step forward a worker waits for the leases of a process with longer views (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  observe(clock, 20_000, 3_600_000, 2 * VIEW_MS);
  expect(cutoff(clock, 20_003 + 2 * VIEW_MS)).toBe(0);
  expect(cutoff(clock, 20_004 + 2 * VIEW_MS)).toBeGreaterThan(OFFSET + 3_600_000);
});

it('after another step back a worker spares all leases for the longest lease, and then returns the new count of steps (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0, 0, LEASE_MS, 3);
  expect(clock.cutoff(EPOCH, 15_000)).toMatchObject({ steps: 3 });
  observe(clock, 20_000, 0, LEASE_MS, 4); // there and back again, between two observations
  expect(cutoff(clock, 20_003 + VIEW_MS)).toBe(0);
  expect(clock.cutoff(EPOCH, 20_004 + VIEW_MS)).toEqual({
    until: OFFSET + 20_004 + VIEW_MS - 2 + 70,
    steps: 4,
  });
});

it('under another epoch, whose steps are counted from 0, a worker knows nothing about the clock (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  expect(clock.cutoff(EPOCH + 1, 20_000)).toEqual(TAKE_NOTHING_BACK);
  observe(clock, 20_000, 0, LEASE_MS, 0, EPOCH + 1);
  expect(clock.cutoff(EPOCH + 1, 20_003 + LEASE_MS)).toEqual(TAKE_NOTHING_BACK);
  expect(clock.cutoff(EPOCH + 1, 20_004 + LEASE_MS).until).toBeGreaterThan(0);
});

it('a slow call does not raise the cutoff, and the call after it is not taken for a step (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  clock.observe({ now: OFFSET + 20_000, longestLeaseMs: LEASE_MS, steps: 0 }, EPOCH, 20_000, 21_400); // the answer came late
  expect(cutoff(clock, 21_400)).toBeLessThanOrEqual(OFFSET + 21_400 + 70);
  observe(clock, 21_500);
  expect(cutoff(clock, 21_600)).toBeGreaterThan(OFFSET + 21_600);
  clock.observe({ now: OFFSET + 23_400, longestLeaseMs: LEASE_MS, steps: 0 }, EPOCH, 22_000, 23_400); // the call arrived late
  expect(cutoff(clock, 23_400)).toBeLessThanOrEqual(OFFSET + 23_400 + 70);
});
