/** The gate for bodies: a call without credentials is refused before a byte of its body has arrived. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { AccessTokens } from '../../../src/auth/tokens/access-tokens';
import { DAY_MS } from '../../../src/common/time/units';
import { User } from '../../../src/users/user.schema';
import { ApiUser } from '../../support/cluster';
import { operationsOf } from '../../support/openapi-document';
import { until } from '../../support/until';
import { startTestApp, TestApp } from '../../support/test-app';

let test: TestApp;
let user: ApiUser;
beforeAll(async () => {
  test = await startTestApp();
  user = await ApiUser.register(test.url);
});
afterAll(() => test.close());

const A_KEY = `tw_${'0123456789abcdef'.repeat(2)}_${'x'.repeat(43)}`;

/** The head of the answer to a call whose body is announced and never sent, in lower case. */
async function headWithoutBody(
  method: string,
  path: string,
  token?: string,
  length = 1_000_000,
): Promise<string> {
  const socket = connect(Number(new URL(test.url).port), '127.0.0.1');
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  const type = `Content-Type: application/json\r\nContent-Length: ${length}`;
  socket.write(`${method} ${path} HTTP/1.1\r\nHost: a\r\n${authorization}${type}\r\n\r\n`);
  const [head] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return head.toString('latin1').toLowerCase();
}

/** The status of such a call. */
const statusWithoutBody = async (method: string, path: string, token?: string): Promise<number> =>
  Number((await headWithoutBody(method, path, token)).slice(9, 12));

it('the gate answers 401 without a credential before it reads the body, on every protected route with a body', async () => {
  const taking = [...(await operationsOf()).values()].filter(
    ({ requestBody, security }) => requestBody !== undefined && security?.some((each) => 'bearer' in each),
  );
  expect(taking.length).toBeGreaterThan(15);
  for (const { method, path } of taking) {
    const at = path.replace(/\{\w+\}/g, 'some');
    const call = `${method.toUpperCase()} ${at}`;
    expect([call, await statusWithoutBody(method.toUpperCase(), at)]).toEqual([call, 401]);
  }
});

it.each([
  ['a token that somebody else has signed', () => forged(user.token)],
  ['an unknown key', () => A_KEY],
  ['an expired token', expiredToken],
  ['a token of an ended session', endedToken],
  ['a key that it has refused since its end', refusedKey],
])('the gate answers 401 to %s before it reads the body', async (_, token) => {
  expect(await statusWithoutBody('POST', '/enqueue', await token())).toBe(401);
});

it('the gate answers 403 to a locked account before it reads the body', async () => {
  const locked = await ApiUser.register(test.url);
  const users = test.app.get<Model<User>>(getModelToken(User.name));
  await users.updateOne({ email: locked.email }, { lockedAt: new Date() });
  expect(await statusWithoutBody('POST', '/enqueue', locked.token)).toBe(403);
});

it.each([
  ['without credentials', 'a large body', 1_000_000, 'close', () => undefined],
  ['without credentials', 'a small body', 100, 'keep-alive', () => undefined],
  ['with an expired token', 'a large body', 1_000_000, 'keep-alive', expiredToken],
  ['with an expired token', 'too large a body', 2_000_000, 'close', expiredToken],
])(
  'a call %s that announces %s of %d bytes is answered with connection: %s',
  async (_, _size, length, connection, token) => {
    const head = await headWithoutBody('POST', '/enqueue', await token(), length);
    expect(head).toContain(`\r\nconnection: ${connection}`);
  },
);

it('the gate reads the body of a call with a token or a key', async () => {
  const made = await user.call('POST', '/auth/api-keys', { name: 'gate', scopes: ['enqueue'] });
  const { key } = (await made.json()) as { key: string };
  for (const token of [user.token, key, key])
    expect((await ApiUser.withKey(test.url, token).call('POST', '/enqueue', 'no object')).status).toBe(422);
});

it('the gate reads 8 KiB of a login, and no more', async () => {
  const login = async (length: number) => {
    const body = JSON.stringify({ email: 'a@example.com', password: 'x' }).padEnd(length);
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${test.url}/auth/login`, { method: 'POST', headers, body })).status;
  };
  expect([await login(8 * 1024), await login(8 * 1024 + 1)]).toEqual([401, 413]);
});

it('the time for parsing is bounded for one account, and other accounts are served', async () => {
  const other = await ApiUser.register(test.url);
  const heavy = { type: 'no such type', payload: Array.from({ length: 49_000 }, () => []) };
  const enqueue = (by: ApiUser, body: unknown) => by.call('POST', '/enqueue', body);
  let refused: Response | undefined;
  await until('it has taken its share', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => enqueue(user, heavy)));
    refused = answers.find(({ status }) => status === 429);
    return refused !== undefined;
  });
  expect(refused!.headers.get('retry-after')).toBe('1');
  expect((await enqueue(other, { type: 'echo', payload: 1 })).status).toBe(202);
  await until('it may again', async () => (await enqueue(user, { type: 'echo', payload: 1 })).status === 202);
});

async function expiredToken(): Promise<string> {
  const { id } = await user.get<{ id: string }>('/auth/me');
  return test.app.get(AccessTokens).issue(id, 'a session', new Date(Date.now() - DAY_MS));
}

async function endedToken(): Promise<string> {
  const gone = await ApiUser.register(test.url);
  await gone.does('POST', '/auth/logout');
  return gone.token;
}

/** The gate may read the body of the first call after the end: it does not check a key again that was valid just now. */
async function refusedKey(): Promise<string> {
  const made = await user.call('POST', '/auth/api-keys', { name: 'ends', scopes: ['enqueue'] });
  const { id, key } = (await made.json()) as { id: string; key: string };
  const call = () => ApiUser.withKey(test.url, key).call('POST', '/enqueue', 'no object');
  expect((await call()).status).toBe(422);
  await user.does('DELETE', `/auth/api-keys/${id}`);
  expect((await call()).status).toBe(401);
  return key;
}

const forged = (token: string) => `${token.slice(0, token.lastIndexOf('.'))}.${'A'.repeat(43)}`;
