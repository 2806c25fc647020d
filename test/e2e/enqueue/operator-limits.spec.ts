/** Limits that an operator sets below those of the API's document. */
import { ApiFixture, ApiUser } from '../requests/api-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start({ NODE_ENV: 'production', MAX_TIMEOUT_MS: '20000' });
  user = await api.user();
});
afterAll(() => api.stop());

it('MAX_TIMEOUT_MS bounds the time limit of a request, and its default', async () => {
  const echo = { type: 'echo', payload: 1 };
  await user.enqueue({ ...echo, timeoutMs: 20_000 }).expect(202);
  const { body } = await user.enqueue({ ...echo, timeoutMs: 20_001 }).expect(422);
  expect(body).toMatchObject({
    code: 'validation_failed',
    errors: [{ pointer: '/timeoutMs', detail: 'timeoutMs must be at most 20000' }],
  });
  const { body: accepted } = await user.enqueue(echo).expect(202);
  expect((await api.requests.findOne({ _id: accepted.id }))?.options).toMatchObject({ timeout: 20_000 });
});

it('production has no type sleep', async () => {
  const { body } = await user.enqueue({ type: 'sleep', payload: { ms: 1 } }).expect(422);
  expect(body.code).toBe('unknown_type');
});
