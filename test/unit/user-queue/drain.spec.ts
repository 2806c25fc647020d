import type { Collection } from 'mongodb';
import { DrainService, meanGap } from '../../../src/user-queue/drain.service';
import type { RequestDocument } from '../../../src/journal/request-document';

it('the drain rate is the mean time between ends', () => {
  expect(meanGap([9_000, 8_000, 1_000])).toBe(4_000);
  expect(meanGap([5, 5, 5, 5])).toBe(0);
});

it('the drain rate is unknown for fewer than three ends', () => {
  expect(meanGap([])).toBeUndefined();
  expect(meanGap([9_000, 1_000])).toBeUndefined();
});

it.each([
  [undefined, 10],
  [0, 1],
  [1_500, 2],
  [7_200_000, 3600],
])('a full queue says when it will have room: %s ms between ends, %d s', async (gap, seconds) => {
  const drain = new DrainService({} as Collection<RequestDocument>);
  jest.spyOn(drain, 'meanGapMs').mockResolvedValue(gap);
  expect(await drain.retryAfterSeconds('u1')).toBe(seconds);
});
