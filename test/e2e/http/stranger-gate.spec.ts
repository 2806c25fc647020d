/** Calls without valid credentials are limited by address, and no other caller behind the address is refused. */
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { User } from '../../../src/users/user.schema';
import { ApiUser, PASSWORD } from '../../support/cluster';
import { startTestApp, TestApp } from '../../support/test-app';

const MOST = 20;
const ECHO = { type: 'echo', payload: 1, delayMs: 86_400_000 };

let test: TestApp;
let user: ApiUser;
beforeAll(async () => {
  test = await startTestApp({ HTTP_STRANGER_RATE_LIMIT: String(MOST), TRUST_PROXY: 'loopback' });
  user = await ApiUser.register(test.url);
});
afterAll(() => test.close());

let addresses = 0;
const newAddress = () => `192.0.2.${(addresses += 1)}`;
const get = (path: string, address: string, token?: string) =>
  fetch(test.url + path, {
    headers: {
      'x-forwarded-for': address,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  });
const enqueue = (address: string, token: string) =>
  ApiUser.withKey(test.url, token).call('POST', '/enqueue', ECHO, { 'x-forwarded-for': address });

/** Calls until one is refused: a second may end in between. */
async function refusedOf(call: () => Promise<Response>): Promise<Response> {
  for (let i = 0; i < 20; i += 1) {
    const answers = await Promise.all(Array.from({ length: 3 * MOST }, call));
    const [first] = answers.filter(({ status }) => status === 429);
    if (first !== undefined) return first;
  }
  throw new Error('no call was refused');
}
const refused = (path: string, address: string, token?: string) => refusedOf(() => get(path, address, token));

const keyOf = async (owner: ApiUser) =>
  (await (
    await owner.call('POST', '/auth/api-keys', { name: 'a key', scopes: ['read', 'enqueue'] })
  ).json()) as { id: string; key: string };
const loggedInAgain = async ({ email }: ApiUser) => {
  const answer = await user.call('POST', '/auth/login', { email, password: PASSWORD });
  return ((await answer.json()) as { accessToken: string }).accessToken;
};
/** An access token of the account that has ended. */
const endedTokenOf = async (owner: ApiUser) => {
  const token = await loggedInAgain(owner);
  await ApiUser.withKey(test.url, token).call('POST', '/auth/logout');
  return token;
};
const lock = async (owner: ApiUser) =>
  test.app
    .get<Model<User>>(getModelToken(User.name))
    .updateOne({ email: owner.email }, { lockedAt: new Date() });

it.each(['/docs-json', '/', '/nowhere', '/requests', '/%', '/health/%', `/requests/${'x'.repeat(401)}`])(
  'the gate limits calls without credentials: %.20s',
  async (path) => {
    const answer = await refused(path, newAddress());
    expect([answer.headers.get('retry-after'), answer.headers.get('connection')]).toEqual(['1', 'close']);
    expect(await answer.json()).toMatchObject({ code: 'rate_limited' });
  },
);

it('the gate refuses no caller at another address, and none with valid credentials at the same one', async () => {
  const [address, other] = [newAddress(), newAddress()];
  const { key } = await keyOf(user);
  for (const token of [user.token, key]) {
    await refused('/docs-json', address);
    expect((await get('/requests', address, token)).status).toBe(200);
    expect((await get('/docs-json', other)).status).toBe(200);
  }
});

it('the gate does not limit probes', async () => {
  const address = newAddress();
  await refused('/docs-json', address);
  const answers = await Promise.all(Array.from({ length: 3 * MOST }, () => get('/health/live', address)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

it('the gate counts an expired token for its account, so that others at the address are served', async () => {
  const [address, gone] = [newAddress(), await ApiUser.register(test.url)];
  await gone.does('POST', '/auth/logout');
  await refused('/requests', address, gone.token);
  expect((await get('/docs-json', address)).status).toBe(200);
});

it('the gate refuses no valid credential because of an ended one of the same account', async () => {
  const [address, other] = [newAddress(), newAddress()];
  const ended = await endedTokenOf(user);
  const { key } = await keyOf(user);
  for (const from of [address, other])
    for (const token of [key, user.token, await loggedInAgain(user)]) {
      await refused('/requests', address, ended);
      expect((await get('/requests', from, token)).status).toBe(200);
      await refused('/requests', address, ended);
      expect((await enqueue(from, token)).status).toBe(202);
    }
});

it.each<[string, () => Promise<string>]>([
  ['an ended token', async () => endedTokenOf(await ApiUser.register(test.url))],
  [
    'a locked account',
    async () => {
      const locked = await ApiUser.register(test.url);
      await lock(locked);
      return locked.token;
    },
  ],
  [
    'a key that was valid just before',
    async () => {
      const { id, key } = await keyOf(user);
      await enqueue(newAddress(), key);
      await user.does('DELETE', `/auth/api-keys/${id}`);
      return key;
    },
  ],
])('the gate limits calls with a body and %s', async (_, tokenOf) => {
  const [address, token] = [newAddress(), await tokenOf()];
  const answer = await refusedOf(() => enqueue(address, token));
  expect(await answer.json()).toMatchObject({ code: 'rate_limited' });
});

it('the gate limits calls to open routes with a valid credential', async () => {
  expect((await refused('/docs-json', newAddress(), user.token)).headers.get('connection')).toBe('close');
});
