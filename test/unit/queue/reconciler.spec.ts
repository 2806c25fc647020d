import { Clock } from '../../../src/common/time/clock';
import { EventBus } from '../../../src/events/event-bus';
import type { PendingRequests, ShardRequest } from '../../../src/queue/pending-requests';
import { Reconciler } from '../../../src/queue/reconciler.service';
import type { ShardScripts } from '../../../src/queue/scripts/shard-scripts.service';
import type { UserQueues } from '../../../src/queue/user-queues.service';
import type { EpochView } from '../../../src/queue/epochs/epoch-view.service';

/** @param known whether Redis knows the request, look by look */
async function putBackWith(...known: (0 | 1)[]): Promise<string[]> {
  const put: string[] = [];
  const request = { shard: 0, userId: 'u1', requestId: 'r1' } as ShardRequest;
  const pending = { acceptedBefore: async (_: number, after: unknown) => (after ? [] : [request]) };
  const queues = {
    permit: () => ({ release: () => undefined }),
    putBack: async (_: unknown, { requestId }: ShardRequest) => (put.push(requestId), true),
    confirm: async () => 'ok',
  };
  const reconciler = new Reconciler(
    pending as unknown as PendingRequests,
    queues as unknown as UserQueues,
    { call: async () => [known.shift()] } as unknown as ShardScripts,
    { epochOf: () => 1 } as unknown as EpochView,
    new EventBus(),
    new Clock(),
  );
  await reconciler.runOnce();
  return put;
}

it('puts back what is missing in two looks, and leaves alone what was only on its way (P3)', async () => {
  expect(await putBackWith(0, 0)).toEqual(['r1']);
  expect(await putBackWith(0, 1)).toEqual([]);
  expect(await putBackWith(1)).toEqual([]);
});
