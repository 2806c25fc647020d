/** What an operator bounds beyond what the API's document says. */
import { ApiFixture, ApiUser } from '../requests/api-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start({ NODE_ENV: 'production', MAX_TIMEOUT_MS: '20000' });
  user = await api.user();
});
afterAll(() => api.stop());

it('refuses a time limit above MAX_TIMEOUT_MS, and reduces the default to it', async () => {
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

it('has no type sleep in production', async () => {
  const { body } = await user.enqueue({ type: 'sleep', payload: { ms: 1 } }).expect(422);
  expect(body.code).toBe('unknown_type');
});
