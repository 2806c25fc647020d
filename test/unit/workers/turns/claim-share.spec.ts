import { claimShare } from '../../../../src/workers/turns/claim-loop';

it.each([
  [1, 16, 1],
  [8, 16, 8],
  [32, 16, 8],
  [320, 16, 20],
  [9, 1, 9],
  [1000, 3, 334],
])('a poll with %d free slots and %d shards asks each for %d users', (free, shards, users) => {
  expect(claimShare(free, shards)).toBe(users);
});
