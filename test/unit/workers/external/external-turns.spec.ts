import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import { ExternalTurn } from '../../../../src/workers/external/external-turn';
import { ExternalTurns } from '../../../../src/workers/external/external-turns.service';
import { SteppedClock } from '../../../support/stepped-clock';

const job = { requestId: 'r1', token: 1, leasedAt: 0 } as LeasedJob;

it('a recovery waits for the latest end of lease that an external worker was told (P1)', () => {
  jest.useFakeTimers();
  const clock = new SteppedClock();
  const turns = new ExternalTurns(clock);
  let permits = 0;
  const turnOf = (leaseMs: number) => {
    permits += 1;
    const permit = { shard: 0, epoch: 1, validUntil: Infinity, isValid: () => true };
    return new ExternalTurn(job, { ...permit, release: () => (permits -= 1) }, clock.now, leaseMs, clock);
  };
  const pass = (ms: number) => {
    clock.step(ms);
    jest.advanceTimersByTime(ms);
  };
  turns.add(turnOf(20_000));
  pass(1_000);
  const shorter = turnOf(1_000);
  turns.add(shorter);
  expect(shorter.until).toBe(20_000);
  pass(18_999);
  expect(permits).toBe(1);
  pass(1);
  expect(permits).toBe(0);
  jest.useRealTimers();
});
