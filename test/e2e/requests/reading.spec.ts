import { RequestWaiter } from '../../../src/requests/request-waiter.service';
import { until } from '../../support/until';
import { ApiFixture, ApiUser } from './api-fixture';
import { attemptRecord, endedDocument } from '../journal/record-fixture';

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

describe('GET /requests/:id', () => {
  it('shows the position of a waiting request, and estimates its start by the speed of the queue', async () => {
    const ends = [1_000, 5_000, 9_000].map((ms) => endedDocument({ ...mine(), finishedAt: new Date(ms) }));
    await api.requests.insertMany(ends);
    await user.enqueue(echo).expect(202);
    const { body: second } = await user.enqueue(echo).expect(202);
    const before = Date.now();
    const { body } = await user.get(`/requests/${second.id}`).expect(200);
    expect(body).toMatchObject({ status: 'queued', position: 1 });
    const estimate = Date.parse(body.estimatedStartAt);
    expect(estimate).toBeGreaterThanOrEqual(before + 4_000 - 1);
    expect(estimate).toBeLessThanOrEqual(Date.now() + 4_000 + 1);
  });

  it('shows every field of an ended request', async () => {
    const error = { code: 'http_503', message: 'no', details: '{"n":1.10}' };
    const attempts = [
      attemptRecord({ outcome: 'failed', error }),
      { number: 2, outcome: 'lost' as const, worker: 'w2' },
    ];
    const document = endedDocument({ ...mine(), status: 'failed', error, attempts, startedAt: new Date(0) });
    await api.requests.insertOne(document);
    const { body, text } = await user.get(`/requests/${document._id}`).expect(200);
    expect(body).toEqual({
      ...{
        id: document._id,
        seq: document.seq,
        type: 'echo',
        payload: {},
        status: 'failed',
        tags: [],
        maxAttempts: 5,
        timeoutMs: 1000,
        backoff: { type: 'fixed', delayMs: 300, maxDelayMs: 300 },
      },
      attempts: JSON.parse(
        JSON.stringify([{ ...attempts[0], error: { ...error, details: { n: 1.1 } } }, attempts[1]]),
      ),
      error: { ...error, details: { n: 1.1 } },
      createdAt: document.createdAt.toISOString(),
      startedAt: '1970-01-01T00:00:00.000Z',
      finishedAt: document.finishedAt?.toISOString(),
    });
    expect(text).toContain('"details":{"n":1.10}');
    const list = await user.get('/requests').expect(200);
    for (const onlyAlone of ['timeoutMs', 'backoff'])
      expect(list.body.items[0]).not.toHaveProperty(onlyAlone);
  });

  it("answers 404 for another user's request and for an abandoned one", async () => {
    const other = endedDocument({ userId: 'another' });
    const abandoned = endedDocument({ ...mine(), status: 'abandoned' });
    await api.requests.insertMany([other, abandoned]);
    const answers = await Promise.all(
      [other._id, abandoned._id, 'nothing'].flatMap((id) => [
        user.get(`/requests/${id}`).expect(404),
        user.get(`/requests/${id}?wait=5`).expect(404),
      ]),
    );
    const told = answers.map(({ body: { code, detail } }) => `${code}: ${detail}`);
    expect(new Set(told).size).toBe(1);
  });

  it.each(['here', 'elsewhere'] as const)('waits until the request has ended %s', async (where) => {
    const { body } = await user.enqueue(echo).expect(202);
    const waiting = user.get(`/requests/${body.id}?wait=30`).then((answer) => answer);
    await api.end(body.id, where);
    expect((await waiting).body).toMatchObject({ status: 'succeeded', result: { n: 1.1 } });
  });

  it('answers with the pending request when the time is up', async () => {
    const { body } = await user.enqueue(echo).expect(202);
    const answer = await user.get(`/requests/${body.id}?wait=1`).expect(200);
    expect(answer.body.status).toBe('queued');
  });

  it('stops waiting when its client goes', async () => {
    const { body } = await user.enqueue(echo).expect(202);
    const untilEnded = jest.spyOn(api.app.get(RequestWaiter), 'untilEnded');
    const call = user.get(`/requests/${body.id}?wait=60`);
    call.catch(() => undefined); // it is aborted
    await until('it waits', () => untilEnded.mock.results.length > 0);
    call.abort();
    await untilEnded.mock.results[0]?.value;
    untilEnded.mockRestore();
  });

  it.each(['0', '61', 'x'])('refuses to wait %s seconds', async (wait) => {
    const { body } = await user.get(`/requests/any?wait=${wait}`).expect(422);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer: '?wait' })]));
  });
});
