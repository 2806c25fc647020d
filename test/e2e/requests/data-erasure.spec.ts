import { ApiFixture, ApiUser } from './api-fixture';
import { Journal } from '../../../src/journal/journal.service';
import { attemptRecord } from '../journal/record-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  user = await api.user();
});

const SECRET = 'somebody';

/** A failed request that repeats its payload in many places. */
async function failed(): Promise<string> {
  const { body } = await user.enqueue({ type: 'echo', payload: { name: SECRET } }).expect(202);
  const requestId = body.id as string;
  const error = { code: 'refused', message: SECRET, details: `"${SECRET}"` };
  const record = {
    ...attemptRecord(),
    outcome: 'failed' as const,
    error,
    log: [{ at: new Date(), level: 'info', message: SECRET }],
  };
  const then = { kind: 'failed' as const, error };
  await api.get(Journal).recordOutcome({ requestId, token: 9, attempt: 1, record, then } as never);
  return requestId;
}

it("erasing a request's data keeps its place, times, status and attempts", async () => {
  const id = await failed();
  const { body: before } = await user.get(`/requests/${id}`).expect(200);
  const { body: erased } = await user.delete(`/requests/${id}/data`).expect(200);
  expect(JSON.stringify(await api.requests.findOne({ _id: id }))).not.toContain(SECRET);
  const { seq, status, createdAt, startedAt, finishedAt } = before;
  expect(erased).toMatchObject({ seq, status, createdAt, startedAt, finishedAt, payload: null });
  expect(erased.error).toEqual({ code: 'refused', message: 'erased' });
  const { number, outcome, worker } = before.attempts[0];
  expect(erased.attempts).toMatchObject([
    { number, outcome, worker, error: { code: 'refused', message: 'erased' } },
  ]);
  expect(erased.dataErasedAt).toEqual(expect.any(String));
  const { body: again } = await user.delete(`/requests/${id}/data`).expect(200);
  expect(again).toEqual(erased);
});

it("erasing a request's data removes its result", async () => {
  const { body } = await user.enqueue({ type: 'echo', payload: SECRET }).expect(202);
  await api.end(body.id);
  const { body: erased } = await user.delete(`/requests/${body.id}/data`).expect(200);
  expect(erased).toMatchObject({ status: 'succeeded', payload: null });
  expect(erased).not.toHaveProperty('result');
});

it('a request whose data was erased cannot be retried, also if the retry has begun', async () => {
  const id = await failed();
  await user.delete(`/requests/${id}/data`).expect(200);
  const { body } = await user.post(`/requests/${id}/retry`, {}).expect(409);
  expect(body.code).toBe('data_erased');
  expect((await api.get(Journal).retry(id, user.id, 9, 0)).kind).toBe('decided');
  await user.post('/requests/retry', { filter: {} }).expect(200, { count: 0 });
  await user.post(`/requests/${id}/dismiss`, {}).expect(200);
});

it('an aborted attempt adds nothing to a request whose data was erased', async () => {
  const { body } = await user.enqueue({ type: 'echo', payload: SECRET }).expect(202);
  await user.post(`/requests/${body.id}/cancel`, {}).expect(200);
  await user.delete(`/requests/${body.id}/data`).expect(200);
  const late = {
    ...attemptRecord(),
    outcome: 'failed' as const,
    error: { code: 'aborted', message: SECRET },
  };
  await api.get(Journal).appendToCancelled(body.id, 9, late);
  expect(JSON.stringify(await api.requests.findOne({ _id: body.id }))).not.toContain(SECRET);
});

it('erasing is refused for a request that has not ended, and for another user', async () => {
  const { body } = await user.enqueue({ type: 'echo', payload: SECRET }).expect(202);
  const refused = await user.delete(`/requests/${body.id}/data`).expect(409);
  expect(refused.body.code).toBe('not_finished');
  const stranger = await api.user();
  await stranger.delete(`/requests/${body.id}/data`).expect(404);
});
