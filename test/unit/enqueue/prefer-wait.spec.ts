import { preferredWaitSeconds } from '../../../src/enqueue/prefer-wait';

it.each([
  ['wait=10', 10],
  ['respond-async, WAIT = "5"', 5],
  ['wait=5; foo=bar', 5],
  ['wait=600', 60],
])('the header Prefer: %s waits %d seconds', (header, seconds) => {
  expect(preferredWaitSeconds(header)).toBe(seconds);
});

it.each([undefined, '', 'respond-async', 'wait=0', 'wait=-1', 'wait=x', 'wait=1.5', 'await=5'])(
  'the header Prefer: %s is ignored',
  (header) => {
    expect(preferredWaitSeconds(header)).toBeUndefined();
  },
);
