import { ApiFixture, ApiUser } from '../requests/api-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
  user = await api.user();
});
afterAll(() => api.stop());

const echo = { type: 'echo', payload: { n: 1 } };

const wrong: [string, string | object, string, string][] = [
  ['no payload', { type: 'echo' }, 'validation_failed', '/payload'],
  ['neither', {}, 'validation_failed', '/payload'],
  ['half a surrogate pair', { ...echo, tags: ['\ud800'] }, 'validation_failed', '/tags'],
  ['no type', { payload: 1 }, 'validation_failed', '/type'],
  ['an unknown type', { type: 'nobody', payload: 1 }, 'unknown_type', '/type'],
  ['an unknown field', { ...echo, callback: 'https://example.com' }, 'validation_failed', '/callback'],
  ['a callback to no URL', { ...echo, callbackUrl: 'example.com' }, 'validation_failed', '/callbackUrl'],
  [
    'a callback to a file',
    { ...echo, callbackUrl: 'file:///etc/passwd' },
    'validation_failed',
    '/callbackUrl',
  ],
  ['no callback', { ...echo, callbackUrl: null }, 'validation_failed', '/callbackUrl'],
  [
    'a payload that its handler refuses',
    { type: 'sleep', payload: { ms: -1 } },
    'validation_failed',
    '/payload/ms',
  ],
  ['a large payload', { type: 'echo', payload: 'x'.repeat(262_143) }, 'payload_too_large', '/payload'],
  ['a negative delay', { ...echo, delayMs: -1 }, 'validation_failed', '/delayMs'],
  ['a delay of no length', `{"type":"echo","payload":1,"delayMs":1e308}`, 'validation_failed', '/delayMs'],
  ['a delay as text', { ...echo, delayMs: '5' }, 'validation_failed', '/delayMs'],
  ['a null delay', { ...echo, delayMs: null }, 'validation_failed', '/delayMs'],
  [
    'a delay and a time',
    { ...echo, delayMs: 1, runAt: '2026-03-01T00:00:00Z' },
    'validation_failed',
    '/runAt',
  ],
  ['a time without an offset', { ...echo, runAt: '2026-03-01T00:00:00' }, 'validation_failed', '/runAt'],
  ['a time too far ahead', { ...echo, runAt: '2999-01-01T00:00:00Z' }, 'validation_failed', '/runAt'],
  ['no attempts', { ...echo, maxAttempts: 0 }, 'validation_failed', '/maxAttempts'],
  ['an endless attempt', { ...echo, timeoutMs: 3_600_001 }, 'validation_failed', '/timeoutMs'],
  ['a list of backoffs', { ...echo, backoff: [] }, 'validation_failed', '/backoff'],
  ['half a backoff', { ...echo, backoff: { type: 'fixed' } }, 'validation_failed', '/backoff/delayMs'],
  [
    'a backoff that shrinks',
    { ...echo, backoff: { type: 'fixed', delayMs: 2, maxDelayMs: 1 } },
    'validation_failed',
    '/backoff/maxDelayMs',
  ],
  ['too many tags', { ...echo, tags: Array(17).fill('t') }, 'validation_failed', '/tags'],
  ['an empty tag', { ...echo, tags: [''] }, 'validation_failed', '/tags'],
];

it.each(wrong)('POST /enqueue refuses %s', async (_, body, code, pointer) => {
  const refused = await user.enqueue(body).expect(422);
  expect(refused.body).toMatchObject({
    code,
    errors: expect.arrayContaining([expect.objectContaining({ pointer })]),
  });
});

it.each([
  [
    { type: 'ecco', payload: 1 },
    {
      detail: 'No handler serves this type. The types are: echo, http, sleep.',
      errors: [{ detail: 'there is no request type ecco; did you mean echo?' }],
    },
  ],
  [
    { type: 'http', payload: { URL: 'https://example.com', url: 'https://example.com' } },
    { errors: [{ pointer: '/payload/URL', detail: 'there is no field URL here; did you mean url?' }] },
  ],
  [
    { ...echo, maxAttempt: 3 },
    { errors: [{ detail: 'there is no field maxAttempt here; did you mean maxAttempts?' }] },
  ],
])('POST /enqueue suggests what was meant by %j', async (body, problem) => {
  expect((await user.enqueue(body).expect(422)).body).toMatchObject(problem);
});

it('POST /enqueue takes a payload of the documented size and depth', async () => {
  await user.enqueue({ type: 'echo', payload: 'x'.repeat(262_142) }).expect(202);
  const nested = (depth: number) => `{"type":"echo","payload":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  await user.enqueue(nested(64)).expect(202);
  const { body } = await user.enqueue(nested(65)).expect(422);
  expect(body).toMatchObject({
    code: 'payload_too_deep',
    errors: [{ pointer: '/payload', code: 'too_deep' }],
  });
  const batch = await user.post('/enqueue/batch', `{"requests":[${nested(1)},${nested(65)}]}`).expect(422);
  expect(batch.body.errors).toMatchObject([{ pointer: '/requests/1/payload', code: 'too_deep' }]);
});
