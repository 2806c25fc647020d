import { meanGap } from '../../../src/requests/drain.service';

it('is the mean time between ends', () => {
  expect(meanGap([9_000, 8_000, 1_000])).toBe(4_000);
  expect(meanGap([5, 5, 5, 5])).toBe(0);
});

it('is not known with fewer than three', () => {
  expect(meanGap([])).toBeUndefined();
  expect(meanGap([9_000, 1_000])).toBeUndefined();
});
