import type { LeasedJob } from '../../../../src/queue/scripts/leased-job';
import type { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import { LeaseKeeper } from '../../../../src/workers/in-process/lease-keeper.service';
import { Turn } from '../../../../src/workers/in-process/turn';
import type { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';

const { queue } = testSettings();
const clock = new SteppedClock();
const held: Turn[] = [];
afterEach(() => held.splice(0).forEach((turn) => turn.end()));

function hold(userId: string, isValid: boolean): void {
  const permit = {
    shard: 0,
    epoch: 1,
    validUntil: Infinity,
    isValid: () => isValid,
    release: () => undefined,
  };
  held.push(new Turn({ userId, token: 1 } as LeasedJob, permit, clock.monotonic(), queue.leaseMs, clock, 0));
}

it('renews no lease without a valid view, and none that may no longer be acted under (P1)', async () => {
  const renewed: string[] = [];
  const renew = async (_shard: number, _epoch: number, _ms: number, leases: { userId: string }[]) => {
    renewed.push(...leases.map(({ userId }) => userId));
    return { lost: [], cancelled: [] };
  };
  const turns = { all: held } as unknown as HeldTurns;
  const keeper = new LeaseKeeper(turns, { renew } as unknown as ShardScripts, queue, clock);
  hold('too-late', true);
  clock.step(queue.leaseMs);
  hold('held', true);
  hold('without-a-view', false);
  await keeper.runOnce();
  expect(renewed).toEqual(['held']);
});
