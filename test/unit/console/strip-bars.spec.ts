import type { Schemas } from '../../../client/index';
import { barsOf } from '../../../console/src/strip/turns';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();

it('draws the running attempt from its own start, with a gap for the backoff before it', () => {
  const failed = { number: 1, startedAt: at(1), finishedAt: at(2), outcome: 'failed', worker: 'w' };
  const request = {
    id: 'r1',
    type: 'http',
    seq: 1,
    status: 'active',
    attempts: [failed],
    startedAt: at(1),
    activeSince: at(60),
  } as Schemas['RequestDto'];
  const bars = barsOf([request], 61_000);
  expect(bars.map(({ from, to, outcome }) => [from, to, outcome])).toEqual([
    [1_000, 2_000, 'failed'],
    [60_000, 61_000, 'active'],
  ]);
});
