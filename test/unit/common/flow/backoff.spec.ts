import fc from 'fast-check';
import { backoffOf } from '../../../../src/common/flow/backoff';

it('a fixed backoff waits the same each time', () => {
  const fixed = { type: 'fixed', delay: 300, maxDelay: 300 } as const;
  expect([1, 2, 9].map((n) => backoffOf(fixed, n, 0.7))).toEqual([300, 300, 300]);
});

it('an exponential backoff doubles up to its maximum, reduced by half at most', () => {
  const exponential = { type: 'exponential', delay: 1000, maxDelay: 60_000 } as const;
  expect([1, 2, 3, 7, 8, 5000].map((n) => backoffOf(exponential, n, 0))).toEqual([
    1000, 2000, 4000, 60_000, 60_000, 60_000,
  ]);
  expect([1, 2, 3, 7].map((n) => backoffOf(exponential, n, 1))).toEqual([500, 1000, 2000, 30_000]);
});

it('a backoff is a whole number of milliseconds within its bounds', () => {
  const backoff = fc.record({
    delay: fc.integer({ min: 0, max: 3_600_000 }),
    n: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(backoff, fc.double({ min: 0, max: 1, noNaN: true }), ({ delay, n }, random) => {
      const ms = backoffOf({ type: 'exponential', delay, maxDelay: 3_600_000 }, n, random);
      expect(Number.isInteger(ms) && ms >= Math.floor(delay / 2) && ms <= 3_600_000).toBe(true);
    }),
  );
});
