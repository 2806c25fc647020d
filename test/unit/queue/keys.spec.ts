import { scriptKeys, shardOf, shardOfKey, tagOf } from '../../../src/queue/keys';

it('a user always has the same shard: another one would be a second queue', () => {
  const users = ['u1', 'u2', '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11', 'A_b-9'];
  expect(users.map((user) => shardOf(user, 16))).toEqual([3, 6, 3, 7]);
});

it('users are spread over all shards', () => {
  const counts = new Array<number>(16).fill(0);
  for (let i = 0; i < 16_000; i++) counts[shardOf(`user-${i}`, 16)]! += 1;
  expect(Math.min(...counts)).toBeGreaterThan(700);
  expect(Math.max(...counts)).toBeLessThan(1300);
});

it('all keys of a shard have one hash tag', () => {
  expect(tagOf(7)).toBe('{tw7}');
  expect(scriptKeys(7)).toEqual(['{tw7}:shard', '{tw7}:none']);
});

it('a tag, and each key with it, names its shard', () => {
  expect([tagOf(12), ...scriptKeys(12)].map(shardOfKey)).toEqual([12, 12, 12]);
  expect(['abort {tw1}', '{tw1}x', 'tw1', '{tw}'].map(shardOfKey)).toEqual(new Array(4).fill(undefined));
});
