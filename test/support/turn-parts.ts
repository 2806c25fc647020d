import { Clock } from '../../src/common/time/clock';
import type { Permit } from '../../src/queue/epochs/permit';
import type { LeasedJob } from '../../src/queue/scripts/leased-job';
import { Turn } from '../../src/workers/in-process/turn';

/** A permit that stays valid, with the given overrides. */
export const aPermit = (given: Partial<Permit> = {}): Permit => ({
  ...{ shard: 0, epoch: 1, validUntil: Infinity },
  ...{ isValid: () => true, release: () => undefined },
  ...given,
});

/** The first request of a user as a worker claims it, with the given overrides. */
export const aJob = (given: Partial<LeasedJob> = {}): LeasedJob => ({
  ...{ shard: 0, userId: 'u1', requestId: 'r1', seq: 1, token: 1, type: 'echo', payload: '1' },
  ...{ lookUp: 'none', isLookUpOnly: false, attemptsMade: 0, previous: undefined },
  ...{ acceptedAt: 0, dueAt: 0, leasedAt: 0 },
  options: { attempts: 1, backoff: { type: 'fixed', delay: 0, maxDelay: 0 }, timeout: 1000 },
  ...given,
});

/** A turn that was just given, with this payload. The caller ends it. */
export function aTurn(payload: unknown): Turn {
  const clock = new Clock();
  return new Turn(aJob({ payload: JSON.stringify(payload) }), aPermit(), clock.monotonic(), 60_000, clock, 0);
}
