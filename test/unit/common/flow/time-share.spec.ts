import { TimeShare } from '../../../../src/common/flow/time-share';

let now = 0;
const take = (share: TimeShare, owner: string, ms: number) => share.spend(owner, () => (now += ms));

it("TimeShare limits one owner's time in a window, and forgets it after the window", () => {
  const share = new TimeShare(100, 1000, () => now);
  take(share, 'a', 60);
  expect(share.waitMs('a')).toBe(0);
  take(share, 'a', 40);
  expect([share.waitMs('a'), share.waitMs('b')]).toEqual([960, 0]);
  now += 960;
  expect(share.waitMs('a')).toBe(0);
  take(share, 'a', 99);
  expect(share.waitMs('a')).toBe(0);
});

it('TimeShare counts failed tasks', () => {
  const share = new TimeShare(100, 1000, () => now);
  const fail = () => {
    now += 100;
    throw new Error('no');
  };
  expect(() => share.spend('a', fail)).toThrow('no');
  expect(share.waitMs('a')).toBe(1000);
});
