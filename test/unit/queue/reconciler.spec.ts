import { testSettings } from '../../support/test-settings';
import type { Fault, Mending } from '../../../src/queue/mending.service';
import type { PendingId, PendingRequests } from '../../../src/queue/pending-requests';
import type { QueueControls } from '../../../src/queue/queue-controls.service';
import { Reconciler } from '../../../src/queue/reconciler.service';
import type { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { partOf } from '../../support/part-of';
import { aPermit } from '../../support/turn-parts';

async function* nothing() {
  // No settings on record, and no stopped queue.
}

/** @param isPending whether the request is on record as pending, one value for each look */
async function mendedWith(fault: Fault, ...isPending: boolean[]): Promise<string[]> {
  const mended: string[] = [];
  const request: PendingId = { shard: 0, userId: 'u1', requestId: 'r1', seq: 1 };
  const pending = {
    olderThan: async (_: number, after: unknown) => (!after && isPending.shift() ? [request] : []),
    controlsOf: nothing,
  };
  const mending = {
    faultsOf: async () => new Map([['u1', [fault]]]),
    mend: async (_: number, userId: string, kinds: readonly string[]) =>
      void mended.push(`${userId} ${kinds.join()}`),
  };
  const reconciler = new Reconciler(
    partOf<PendingRequests>(pending),
    partOf<Mending>(mending),
    partOf<QueueControls>({ stopped: nothing }),
    partOf<EpochView>({ permit: () => aPermit() }),
    testSettings({ QUEUE_SHARDS: '1' }).queue,
  );
  await reconciler.runOnce();
  return mended;
}

it('the reconciler mends a missing request if it is still pending, not if it has just ended (P3)', async () => {
  const missing = { kind: 'job', requestId: 'r1' } as const;
  expect(await mendedWith(missing, true, true)).toEqual(['u1 job']);
  expect(await mendedWith(missing, true, false)).toEqual([]);
});

it('the reconciler mends a fault that shows in Redis alone', async () => {
  expect(await mendedWith({ kind: 'standing', requestId: '' }, true, false)).toEqual(['u1 standing']);
});
