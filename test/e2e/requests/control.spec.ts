import { ControlService } from '../../../src/requests/control/control.service';
import { Halts } from '../../../src/requests/control/halts.service';
import { QueueControls } from '../../../src/queue/queue-controls.service';
import { ShardUnavailable } from '../../../src/queue/shard-unavailable';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { ApiFixture, ApiUser } from './api-fixture';
import { endedDocument } from './record-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  user = await api.user();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => api.stop());

const state = async () => (await user.get('/queue').expect(200)).body.state as string;

it('keeps a change on record that Redis did not hear of, and brings it there later', async () => {
  const lost = new ShardUnavailable('lost on its way');
  jest.spyOn(api.get(QueueControls), 'apply').mockRejectedValueOnce(lost);
  await expect(api.get(ControlService).change(user.id, { paused: true })).rejects.toThrow(lost);
  expect(await state()).toBe('idle');
  await api.get(ControlService).repeat();
  expect(await state()).toBe('paused');
});

it('makes one record of two first changes at once', async () => {
  const changes = [{ paused: true }, { onFailure: 'halt' as const }, { maxDepth: 7 }];
  const records = await Promise.all(changes.map((change) => api.get(ControlService).change(user.id, change)));
  expect(records.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  const { body } = await user.get('/queue').expect(200);
  expect(body).toMatchObject({ state: 'paused', policy: 'halt', limits: { maxDepth: 7 } });
});

it('lifts a halt that no request stands behind any more, and no other', async () => {
  const other = await api.user();
  const controls = api.get(QueueControls);
  for (const [{ id }, halts] of [
    [user, undefined],
    [other, true],
  ] as const) {
    await api.requests.insertOne(
      endedDocument({ userId: id, shard: 0, status: 'failed', token: 5, ...(halts ? { halts } : {}) }),
    );
  }
  for (const each of [user, other]) {
    await each.enqueue({ type: 'echo', payload: 1 }).expect(202);
    await haltInRedis(each.id);
  }
  await api.get(Halts).repeat();
  expect(await state()).toBe('waiting');
  expect((await other.get('/queue').expect(200)).body.state).toBe('halted');

  /** As the settle of a failed request does, whose decision was never told. */
  async function haltInRedis(userId: string) {
    const shard = api.get(UserQueues).shardOf(userId);
    const redis = api.redis.client();
    await redis.hset(`{tw${shard}}:${userId}:control`, 'halted', '5');
    const permit = api.get(UserQueues).permit(userId);
    await controls.apply(permit, { userId, version: 1, paused: false });
    permit.release();
  }
});
