import { TAKE_NOTHING_BACK } from '../../../../src/queue/scripts/claim';
import { ServerClock } from '../../../../src/workers/turns/server-clock';

const LEASE_MS = 10_000;
const VIEW_MS = 3 * LEASE_MS;
/** Of an external worker. */
const LONG_LEASE_MS = 2 * LEASE_MS;
const EPOCH = 7;
/** The server's clock reads this much more than the worker's monotonic one. */
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

it('takes nothing back before it has known the server for a lease', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  expect(cutoff(clock, 0)).toBe(0);
  observe(clock, 0);
  expect(cutoff(clock, 5000)).toBe(0);
  expect(cutoff(clock, LEASE_MS + 10)).toBeGreaterThan(0);
});

it('takes nothing back for the longest lease that was given, if that is longer (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0, 0, LONG_LEASE_MS);
  expect(cutoff(clock, LONG_LEASE_MS + 3)).toBe(0);
  expect(cutoff(clock, LONG_LEASE_MS + 4)).toBeGreaterThan(0);
});

it('expects the server to show the expected time, plus as much as a worker stops before its lease ends (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  observe(clock, 20_000);
  expect(cutoff(clock, 30_000)).toBe(OFFSET + 30_000 - 2 + 500);
});

it("leaves alone a lease that a short lease's holder may still extend (P1)", () => {
  const clock = new ServerClock(1000, VIEW_MS);
  observe(clock, 0, 0, 1000);
  observe(clock, 2000, 0, 1000);
  expect(cutoff(clock, 2000)).toBe(OFFSET + 2000 - 2 + 100);
});

it('leaves all leases alone for the longest lease after a step forward, and trusts the new time then (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  observe(clock, 20_000);
  // An hour forward: what the next claim carries is still what was expected before it.
  expect(cutoff(clock, 20_100)).toBeLessThan(OFFSET + 22_000);
  observe(clock, 20_100, 3_600_000);
  expect(cutoff(clock, 25_000)).toBe(0);
  expect(cutoff(clock, 20_103 + VIEW_MS)).toBe(0);
  expect(cutoff(clock, 20_104 + VIEW_MS)).toBeGreaterThan(OFFSET + 3_600_000);
});

it('waits for a lease of a process that has longer views than its own after a step forward (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  observe(clock, 20_000, 3_600_000, 2 * VIEW_MS);
  expect(cutoff(clock, 20_003 + 2 * VIEW_MS)).toBe(0);
  expect(cutoff(clock, 20_004 + 2 * VIEW_MS)).toBeGreaterThan(OFFSET + 3_600_000);
});

it('returns the steps back that it knows, and leaves all leases alone for the longest lease after another (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0, 0, LEASE_MS, 3);
  expect(clock.cutoff(EPOCH, 15_000)).toMatchObject({ steps: 3 });
  observe(clock, 20_000, 0, LEASE_MS, 4); // there and back again, between two looks
  expect(cutoff(clock, 20_003 + VIEW_MS)).toBe(0);
  expect(clock.cutoff(EPOCH, 20_004 + VIEW_MS)).toEqual({
    until: OFFSET + 20_004 + VIEW_MS - 2 + 500,
    steps: 4,
  });
});

it('knows nothing about the clock under another epoch, whose steps are counted from 0 (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  expect(clock.cutoff(EPOCH + 1, 20_000)).toEqual(TAKE_NOTHING_BACK);
  observe(clock, 20_000, 0, LEASE_MS, 0, EPOCH + 1);
  expect(clock.cutoff(EPOCH + 1, 20_003 + LEASE_MS)).toEqual(TAKE_NOTHING_BACK);
  expect(clock.cutoff(EPOCH + 1, 20_004 + LEASE_MS).until).toBeGreaterThan(0);
});

it('neither expects too much of the server after a slow call, nor takes the next one for a jump (P1)', () => {
  const clock = new ServerClock(LEASE_MS, VIEW_MS);
  observe(clock, 0);
  clock.observe({ now: OFFSET + 20_000, longestLeaseMs: LEASE_MS, steps: 0 }, EPOCH, 20_000, 21_400); // its answer came late
  expect(cutoff(clock, 21_400)).toBeLessThanOrEqual(OFFSET + 21_400 + 500);
  observe(clock, 21_500);
  expect(cutoff(clock, 21_600)).toBeGreaterThan(OFFSET + 21_600);
  clock.observe({ now: OFFSET + 23_400, longestLeaseMs: LEASE_MS, steps: 0 }, EPOCH, 22_000, 23_400); // it came late itself
  expect(cutoff(clock, 23_400)).toBeLessThanOrEqual(OFFSET + 23_400 + 500);
});
