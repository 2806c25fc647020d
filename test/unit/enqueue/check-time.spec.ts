import { CheckTime } from '../../../src/enqueue/check-time';
import { SteppedClock } from '../../support/stepped-clock';

it('the time to validate payloads is limited for one user, and other users are not affected (P5)', async () => {
  const clock = new SteppedClock();
  const time = new CheckTime(clock);
  const slow = (ms: number) => () => {
    clock.step(ms);
    return 'checked';
  };
  expect(await time.check('u1', slow(600))).toBe('checked');
  await expect(
    time.check('u1', () => {
      clock.step(500);
      throw new Error('it is wrong');
    }),
  ).rejects.toThrow('it is wrong');
  await expect(time.mustBeLeft('u1')).rejects.toMatchObject({
    code: 'rate_limited',
    headers: { 'retry-after': expect.stringMatching(/^([1-9]|10)$/) },
  });
  expect(await time.check('u1', slow(600))).toBe('checked'); // of a batch that is being validated
  await time.mustBeLeft('u2');
  expect(await time.check('u2', slow(600))).toBe('checked');
});
