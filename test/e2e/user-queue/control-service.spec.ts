import { Clock } from '../../../src/common/time/clock';
import { ControlService } from '../../../src/user-queue/control/control.service';
import { Halts } from '../../../src/user-queue/control/halts.service';
import { QueueControls } from '../../../src/queue/queue-controls.service';
import { ShardUnavailable } from '../../../src/queue/shard-unavailable';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { Journal } from '../../../src/journal/journal.service';
import { MongoPendingRequests } from '../../../src/journal/mongo-pending-requests';
import { PurgeWrites } from '../../../src/journal/purge-writes';
import { QueueRecords } from '../../../src/journal/queue-records.service';
import { QueueDriver } from '../../support/queue-driver';
import { ApiFixture, ApiUser } from '../requests/api-fixture';
import { attemptRecord, endedDocument } from '../journal/record-fixture';

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

it('a recorded change that Redis did not receive is applied later', async () => {
  const lost = new ShardUnavailable('lost on its way');
  jest.spyOn(api.get(QueueControls), 'apply').mockRejectedValueOnce(lost);
  await expect(api.get(ControlService).change(user.id, { paused: true })).rejects.toThrow(lost);
  expect(await state()).toBe('idle');
  await api.get(ControlService).applyDirty();
  expect(await state()).toBe('paused');
});

it('a change is not applied late, when newer settings may have been applied and have expired', async () => {
  const control = api.get(ControlService);
  const records = api.get(QueueRecords);
  const change = records.change.bind(records);
  jest.spyOn(records, 'change').mockImplementationOnce(async (...args) => {
    const record = await change(...args);
    const now = api.get(Clock).monotonic();
    jest.spyOn(api.get(Clock), 'monotonic').mockReturnValueOnce(now + 3_600_000); // as in a process that was frozen for an hour
    return record;
  });
  await expect(control.change(user.id, { paused: true })).rejects.toThrow(ShardUnavailable);
  expect(await state()).toBe('idle');
  await control.applyDirty();
  expect(await state()).toBe('paused');
});

it('a newer change stays dirty when an older one is applied', async () => {
  const records = api.get(QueueRecords);
  const older = await records.change(user.id, 0, { paused: true });
  await records.change(user.id, 0, { paused: false });
  await records.applied(older, 0);
  expect(await records.find(user.id)).toMatchObject({ version: 2, dirty: true });
});

/** The shards whose rebuild restores the settings of the user. */
async function restoringShards(): Promise<number[]> {
  const found: number[] = [];
  for (const shard of [0, 1, 2])
    for await (const controls of api.get(MongoPendingRequests).controlsOf(shard))
      if (controls.some(({ userId }) => userId === user.id)) found.push(shard);
  return found;
}

it('a first setting is found by a rebuild, although its process was frozen while the number of shards changed', async () => {
  await api.get(QueueRecords).change(user.id, 1, { paused: true });
  await api.get(ControlService).applyDirty();
  expect(await restoringShards()).toEqual([0]);
});

it('a process that was frozen while the number of shards changed does not give a setting its old shard', async () => {
  const records = api.get(QueueRecords);
  const frozen = await records.change(user.id, 1, { paused: true });
  await api.get(ControlService).applyDirty();
  await records.applied(frozen, 1);
  expect(await restoringShards()).toEqual([0]);
});

it('two first changes at once make one record', async () => {
  const changes = [{ paused: true }, { onFailure: 'halt' as const }, { maxDepth: 7 }];
  const records = await Promise.all(changes.map((change) => api.get(ControlService).change(user.id, change)));
  expect(records.map(({ version }) => version).sort()).toEqual([1, 2, 3]);
  const { body } = await user.get('/queue').expect(200);
  expect(body).toMatchObject({ state: 'paused', onFailure: 'halt', limits: { maxDepth: 7 } });
});

describe('a call whose last step was lost', () => {
  const depth = async () => (await user.get('/queue').expect(200)).body.depth as number;
  const accept = async (more: object = {}) =>
    (await user.enqueue({ type: 'echo', payload: 1, ...more }).expect(202)).body.id as string;

  it('is finished by a repeated cancel', async () => {
    const id = await accept();
    const seen = { _id: id, userId: user.id, token: 0, attemptsMade: 0 };
    await api.get(Journal).cancel(seen, Date.now());
    expect(await depth()).toBe(1);
    await user.post(`/requests/${id}/cancel`, {}).expect(200);
    expect(await depth()).toBe(0);
  });

  it('is finished by a repeated purge', async () => {
    await accept();
    await accept();
    await accept({ delayMs: 60_000 });
    const scope = { purgeId: 'lost', userId: user.id, shard: 0, lastToken: 0, cancelledAt: Date.now() };
    for await (const _ of api.get(PurgeWrites).cancelWaiting(scope));
    expect((await user.get('/queue').expect(200)).body).toMatchObject({ depth: 2, scheduled: 1 });
    const { body } = await user.delete('/queue/requests').expect(200);
    expect(body).toEqual({ cancelled: 0 });
    expect((await user.get('/queue').expect(200)).body).toMatchObject({ depth: 0, scheduled: 0 });
  });
});

it('a purge covers exactly the requests accepted before it, also within one millisecond (P1)', async () => {
  const accept = async (more: object = {}) =>
    (await user.enqueue({ type: 'echo', payload: 1, ...more }).expect(202)).body.id as string;
  const before = [await accept(), await accept({ delayMs: 60_000 })];
  const controls = api.get(QueueControls);
  const beginPurge = controls.beginPurge.bind(controls);
  const after: string[] = [];
  const marking = jest.spyOn(controls, 'beginPurge').mockImplementation(async (permit, userId) => {
    const mark = await beginPurge(permit, userId);
    after.push(await accept());
    await api.requests.updateMany({ userId }, { $set: { createdAt: new Date(mark.now) } });
    return mark;
  });
  const { body } = await user.delete('/queue/requests').expect(200);
  marking.mockRestore();
  expect(body).toEqual({ cancelled: 2 });
  const statuses = [...before, ...after].map(
    async (id) => (await user.get(`/requests/${id}`).expect(200)).body.status as string,
  );
  expect(await Promise.all(statuses)).toEqual(['cancelled', 'cancelled', 'queued']);
});

it('a purge covers a retried request whose failed attempt has the last token of the shard', async () => {
  const driver = new QueueDriver({ queues: api.get(UserQueues), get: api.get.bind(api) }, user.id);
  await user.enqueue({ type: 'echo', payload: 1 }).expect(202);
  const { requestId, token } = (await driver.claim())!;
  const then = { kind: 'failed', error: { code: 'no', message: 'No.' } } as const;
  await api.get(Journal).recordOutcome({ requestId, token, attempt: 1, record: attemptRecord(), then });
  await driver.settle(requestId, token);
  await user.post('/queue/pause', {}).expect(200);
  await user.post(`/requests/${requestId}/retry`, {}).expect(200);
  const { body } = await user.delete('/queue/requests').expect(200);
  expect(body).toEqual({ cancelled: 1 });
});

it('the maintenance lifts a halt without a failed request, and no other', async () => {
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
  await api.get(Halts).liftOrphans();
  expect(await state()).toBe('waiting');
  expect((await other.get('/queue').expect(200)).body.state).toBe('halted');

  /** Halts as the settle of a failed request does that was not recorded. */
  async function haltInRedis(userId: string) {
    const shard = api.get(UserQueues).shardOf(userId);
    const redis = api.redis.client();
    await redis.hset(`{tw${shard}}:${userId}:control`, 'halted', '5');
    const permit = api.get(UserQueues).permit(userId);
    await controls.apply(permit, { userId, version: 1, paused: false });
    permit.release();
  }
});
