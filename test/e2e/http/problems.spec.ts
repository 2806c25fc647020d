/** Errors of the built program, whose modules take their time to start: all of them are problems (RFC 9457). */
import { ApiUser, AppCluster } from '../../support/cluster';

let cluster: AppCluster;
let url: string;
let user: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('api'));
  user = await ApiUser.register(url);
});
afterAll(() => cluster.stop());

it.each([
  ['a body that is no JSON', 'POST', '/enqueue', '{', 'application/json', 400, 'malformed_json'],
  ['a NUL', 'PATCH', '/auth/me', '\u0000', 'application/json', 400, 'malformed_json'],
  ['__proto__', 'POST', '/auth/login', '{"__proto__":{}}', 'application/json', 400, 'malformed_json'],
  ['another type', 'POST', '/enqueue', '<a/>', 'text/xml', 415, 'unsupported_media_type'],
  ['no body', 'PATCH', '/auth/me', undefined, 'application/json', 422, 'validation_failed'],
  ['too much', 'POST', '/enqueue', `"${'x'.repeat(1_100_000)}"`, 'application/json', 413, 'body_too_large'],
  ['an unknown path', 'GET', '/nothing', undefined, undefined, 404, 'not_found'],
  ['another method', 'DELETE', '/enqueue', undefined, undefined, 405, 'method_not_allowed'],
])('answers %s', async (_what, method, path, body, type, status, code) => {
  const headers = {
    authorization: `Bearer ${user.token}`,
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  const answer = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  expect(await answer.json()).toMatchObject({ status, code, instance: path, requestId: expect.any(String) });
});
