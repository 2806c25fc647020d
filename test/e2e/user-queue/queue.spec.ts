import { TAKE_NOTHING_BACK } from '../../../src/queue/scripts/claim';
import { ShardScripts } from '../../../src/queue/scripts/shard-scripts.service';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { until } from '../../support/until';
import { ApiFixture, ApiUser } from '../requests/api-fixture';
import { endedDocument, requestDocument } from '../journal/record-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  user = await api.user();
});
afterAll(() => api.stop());

const echo = { type: 'echo', payload: 1 };
const mine = () => ({ userId: user.id, shard: 0 });

describe('a running request', () => {
  it('is active, and makes the queue busy', async () => {
    const { body: running } = await user.enqueue(echo).expect(202);
    const { body: next } = await user.enqueue(echo).expect(202);
    const { now } = await claim();
    const startedAt = new Date(now).toISOString();
    const active = await user.get(`/requests/${running.id}`).expect(200);
    expect(active.body).toMatchObject({ status: 'active', position: 0, startedAt });
    expect(active.body).not.toHaveProperty('estimatedStartAt');
    const list = await user.get('/requests').expect(200);
    expect(list.body.items).toMatchObject([
      { id: next.id, status: 'queued', position: 1 },
      { id: running.id, status: 'active', position: 0 },
    ]);
    await expect(user.allPages('status=active')).resolves.toEqual([running.id]);
    await expect(user.allPages('status=queued')).resolves.toEqual([next.id]);
    const { body } = await user.get('/queue').expect(200);
    expect(body).toMatchObject({ state: 'busy', running: { id: running.id, startedAt }, depth: 2 });
  });

  it('does not look queued again if it ends while it is read', async () => {
    const document = requestDocument(mine());
    await api.requests.insertOne(document);
    const queues = api.app.get(UserQueues);
    const snapshot = queues.snapshot.bind(queues);
    const spy = jest.spyOn(queues, 'snapshot').mockImplementation(async (...args) => {
      await api.end(document._id, 'elsewhere');
      return snapshot(...args);
    });
    const { body } = await user.get(`/requests/${document._id}`).expect(200);
    spy.mockRestore();
    expect(body.status).toBe('succeeded');
  });

  /** Claims as a worker; repeats, because the confirm of the last accept may not have arrived. */
  async function claim() {
    const [scripts, view] = [api.app.get(ShardScripts), api.app.get(EpochView)];
    const worker = { name: 'worker', lanes: 'main' };
    const item = { worker, n: 100, leaseMs: 60_000, cutoff: TAKE_NOTHING_BACK };
    const ask = () => scripts.claim(0, view.epochOf(0) ?? 0, item);
    let reply = await ask();
    await until('it is given out', async () => {
      if (reply.jobs.some(({ userId }) => userId === user.id)) return true;
      reply = await ask();
      return false;
    });
    return reply;
  }
});

describe('GET /queue', () => {
  it('shows an idle queue', async () => {
    const { body } = await user.get('/queue').expect(200);
    expect(body).toEqual({
      ...{ state: 'idle', stoppedBy: [], depth: 0, scheduled: 0, oldestWaitMs: 0, drainPerMinute: null },
      ...{ onFailure: 'continue', limits: { maxDepth: 10_000 } },
    });
  });

  it('shows the waiting requests, and when the next one is due', async () => {
    await user.enqueue({ ...echo, delayMs: 60_000 }).expect(202);
    const scheduled = await user.get('/queue').expect(200);
    expect(scheduled.body).toMatchObject({
      state: 'waiting',
      depth: 0,
      scheduled: 1,
      nextDueAt: expect.any(String),
    });
    await user.enqueue(echo).expect(202);
    const waiting = await user.get('/queue').expect(200);
    expect(waiting.body).toMatchObject({
      state: 'waiting',
      depth: 1,
      scheduled: 1,
      oldestWaitMs: expect.any(Number),
    });
  });

  it('measures the speed of the queue without cancelled requests, and reads none of them', async () => {
    const at = (seconds: number) => new Date(Date.UTC(2026, 2, 1, 9, 0, seconds));
    const served = [0, 2, 4].map((seconds) => endedDocument({ ...mine(), finishedAt: at(seconds) }));
    const cancelled = Array.from({ length: 100 }, () =>
      endedDocument({ ...mine(), status: 'cancelled', finishedAt: at(9) }),
    );
    await api.requests.insertMany([...served, ...cancelled]);
    const examined = await api.examined(async () => {
      expect((await user.get('/queue').expect(200)).body).toMatchObject({ drainPerMinute: 30 });
    });
    expect(examined).toEqual([3]);
  });

  it('answers 503 while the state of the queue is unknown', async () => {
    const snapshot = jest.spyOn(api.app.get(UserQueues), 'snapshot').mockResolvedValue(undefined);
    const { body } = await user.get('/queue').expect(503);
    expect(body.code).toBe('unavailable');
    snapshot.mockRestore();
  });
});
