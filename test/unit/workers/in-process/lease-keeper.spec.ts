import type { ShardScripts } from '../../../../src/queue/scripts/shard-scripts.service';
import { LeaseKeeper } from '../../../../src/workers/in-process/lease-keeper.service';
import { Turn } from '../../../../src/workers/in-process/turn';
import type { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { SteppedClock } from '../../../support/stepped-clock';
import { testSettings } from '../../../support/test-settings';
import { partOf } from '../../../support/part-of';
import { aJob, aPermit } from '../../../support/turn-parts';

const { queue } = testSettings();
const clock = new SteppedClock();
const held: Turn[] = [];
afterEach(() => held.splice(0).forEach((turn) => turn.end()));

function hold(userId: string, isValid: boolean): void {
  const permit = aPermit({ isValid: () => isValid });
  held.push(new Turn(aJob({ userId }), permit, clock.monotonic(), queue.leaseMs, clock, 0));
}

it('no lease is renewed without a valid view, nor after its worker may no longer act (P1)', async () => {
  const renewed: string[] = [];
  const renew = async (
    _shard: number,
    _epoch: number,
    _ms: number,
    leases: readonly { userId: string }[],
  ) => {
    renewed.push(...leases.map(({ userId }) => userId));
    return { lost: [], cancelled: [] };
  };
  const turns = partOf<HeldTurns>({ all: held });
  const keeper = new LeaseKeeper(turns, partOf<ShardScripts>({ renew }), queue, clock);
  hold('too-late', true);
  clock.step(queue.leaseMs);
  hold('held', true);
  hold('without-a-view', false);
  await keeper.runOnce();
  expect(renewed).toEqual(['held']);
});

it('a renewal stops the turns whose requests were cancelled, and no others', async () => {
  const renew = () => Promise.resolve({ lost: [], cancelled: ['cancelled'] });
  const keeper = new LeaseKeeper(
    partOf<HeldTurns>({ all: held }),
    partOf<ShardScripts>({ renew }),
    queue,
    clock,
  );
  hold('cancelled', true);
  hold('other', true);
  await keeper.runOnce();
  expect(held.map(({ stoppedFor }) => stoppedFor)).toEqual(['cancelled', undefined]);
});
