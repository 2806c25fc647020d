import { EventBus } from '../../../../src/events/event-bus';
import type { QueueControls } from '../../../../src/queue/queue-controls.service';
import { ShardUnavailable } from '../../../../src/queue/shard-unavailable';
import type { UserQueues } from '../../../../src/queue/user-queues.service';
import { PurgeService } from '../../../../src/user-queue/control/purge.service';
import type { PurgeWrites } from '../../../../src/journal/purge-writes';

it('cancels nothing after its view has ended: a rebuild would lease what it cancels (P3)', async () => {
  let isValid = true;
  let chunks = 0;
  let released = 0;
  const permit = { shard: 0, epoch: 1, isValid: () => isValid, release: () => (released += 1) };
  const queues = { permit: () => permit } as unknown as UserQueues;
  const controls = { beginPurge: async () => ({ lastSeq: 1, lastToken: 1 }) } as unknown as QueueControls;
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
  const purging = new PurgeService(queues, controls, { cancelWaiting } as unknown as PurgeWrites, events);
  await expect(purging.purge('u1')).rejects.toThrow(ShardUnavailable);
  expect([chunks, ended, released]).toEqual([2, ['r1', 'r2'], 1]);
});
