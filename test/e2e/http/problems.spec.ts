/** Errors of the built program, whose modules take time to start: all of them are problems (RFC 9457). */
import { connect } from 'node:net';
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
  ['a body that is not JSON', 'POST', '/enqueue', '{', 'application/json', 400, 'malformed_json'],
  ['a NUL', 'PATCH', '/auth/me', '\u0000', 'application/json', 400, 'malformed_json'],
  ['__proto__', 'POST', '/auth/login', '{"__proto__":{}}', 'application/json', 400, 'malformed_json'],
  ['another type', 'POST', '/enqueue', '<a/>', 'text/xml', 415, 'unsupported_media_type'],
  ['no body', 'PATCH', '/auth/me', undefined, 'application/json', 422, 'validation_failed'],
  ['too much', 'POST', '/enqueue', `"${'x'.repeat(1_100_000)}"`, 'application/json', 413, 'body_too_large'],
  ['an unknown path', 'GET', '/nothing', undefined, undefined, 404, 'not_found'],
  ['another method', 'DELETE', '/enqueue', undefined, undefined, 405, 'method_not_allowed'],
])('the server answers %s with a problem', async (_what, method, path, body, type, status, code) => {
  const headers = {
    authorization: `Bearer ${user.token}`,
    ...(type === undefined ? {} : { 'content-type': type }),
  };
  const answer = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    status,
    expect.stringMatching(/^application\/problem\+json/),
  ]);
  expect(await answer.json()).toMatchObject({ status, code, instance: path, callId: expect.any(String) });
});

/** The answer to what fetch would never send. */
async function said(text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.end(text);
  return (await socket.setEncoding('utf8').toArray()).join('');
}

it('the server refuses a call without Host or with two, and serves one with an unknown Expect', async () => {
  const refused = await said('GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n');
  expect(refused).toMatch(/^HTTP\/1\.1 400 /);
  expect(refused).toMatch(/x-request-id: .+"code":"bad_request"/s);
  const two = await said('GET /health/live HTTP/1.1\r\nHost: a\r\nhost: b\r\nConnection: close\r\n\r\n');
  expect(two).toMatch(/^HTTP\/1\.1 400 .+"code":"bad_request"/s);
  const call = 'GET /health/live HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n';
  expect(await said(call)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await said('GET /health/live HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 /);
});

it('the metrics have no series for each file of the page, nor for HEAD', async () => {
  const page = await (await fetch(`${url}/`)).text();
  const files = [...page.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, file]) => file);
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) expect((await fetch(url + file)).status).toBe(200);
  await fetch(`${url}/health/live`, { method: 'HEAD' });
  const text = await (await fetch(`${url}/metrics`)).text();
  const routes = [...text.matchAll(/http_request_duration_seconds_count\{method="(\w+)",route="([^"]+)"/g)];
  expect(routes.map(([, , route]) => route)).toContain('file');
  expect(routes.map(([, , route]) => route).filter((route) => /\.(js|css|html)$/.test(route!))).toEqual([]);
  expect(routes.map(([, method]) => method)).not.toContain('HEAD');
});

it('the documentation serves nothing at a path that leads out of it', async () => {
  const answer = await said('GET /docs/../x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 404 .+"code":"not_found"/s);
});
