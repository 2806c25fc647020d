import { EventBus } from '../../../../src/events/event-bus';
import type { ExpiredPlaces } from '../../../../src/queue/expired-places.service';
import type { QueueControls } from '../../../../src/queue/queue-controls.service';
import { ShardUnavailable } from '../../../../src/queue/shard-unavailable';
import type { UserQueues } from '../../../../src/queue/user-queues.service';
import { PurgeService } from '../../../../src/user-queue/control/purge.service';
import type { PurgeWrites } from '../../../../src/journal/purge-writes';
import { partOf } from '../../../support/part-of';
import { aPermit } from '../../../support/turn-parts';

it('a purge cancels nothing after its view has ended, because a rebuild would lease those requests (P3)', async () => {
  let isValid = true;
  let chunks = 0;
  let released = 0;
  const permit = aPermit({ isValid: () => isValid, release: () => void (released += 1) });
  const queues = partOf<UserQueues>({ permit: () => permit });
  const controls = partOf<QueueControls>({
    beginPurge: async () => ({ now: 0, lastSeq: 1, lastToken: 1, activeId: undefined }),
  });
  async function* cancelWaiting() {
    for (;;) {
      chunks += 1;
      if (chunks === 2) isValid = false;
      yield [{ _id: `r${chunks}`, type: 'echo' }];
    }
  }
  const events = new EventBus();
  const ended: string[] = [];
  events.on('request.ended', ({ requestId }) => ended.push(requestId));
  const writes = partOf<PurgeWrites>({ cancelWaiting });
  const purging = new PurgeService(queues, controls, writes, partOf<ExpiredPlaces>({}), events);
  await expect(purging.purge('u1')).rejects.toThrow(ShardUnavailable);
  expect([chunks, ended, released]).toEqual([2, ['r1', 'r2'], 1]);
});
