import { ShardClosed } from '../../../src/queue/scripts/script-runner';
import type { SettleItem } from '../../../src/queue/scripts/settle';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture } from '../../support/queue-fixture';

let fixture: QueueFixture;
beforeAll(async () => {
  fixture = await QueueFixture.start();
});
afterAll(() => fixture.stop());

it('the scripts refuse a call of an older epoch, and serve the others in the same pipeline (P1, P3)', async () => {
  const queue = new QueueDriver(await fixture.process(), 'u1');
  await queue.accept('r1');
  const { token } = (await queue.claim())!;
  const settle = { userId: 'u1', requestId: 'r1', token, op: 'done', want: 'nothing' } as const;
  const item: SettleItem = { ...settle, attemptsMade: 0, notBefore: 0 };
  const under = (shard: number, epoch: number) =>
    queue.scripts.settle(shard, epoch, { name: 'w1', lanes: 'main' }, 60_000, item);
  const settled = await queue.permitted(({ shard, epoch }) =>
    Promise.allSettled([under(shard, epoch - 1), under(shard, epoch)]),
  );
  expect(settled).toEqual([
    { status: 'rejected', reason: expect.any(ShardClosed) as ShardClosed },
    { status: 'fulfilled', value: expect.objectContaining({ outcome: 'settled' }) as object },
  ]);
});
