/** Calls without valid credentials are limited by address, and no other caller behind the address is refused. */
import { ApiUser } from '../../support/cluster';
import { startTestApp, TestApp } from '../../support/test-app';

const MOST = 20;

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

/** Calls until one is refused: a second may end in between. */
async function refused(path: string, address: string, token?: string): Promise<Response> {
  for (;;) {
    const answers = await Promise.all(Array.from({ length: 3 * MOST }, () => get(path, address, token)));
    const [first] = answers.filter(({ status }) => status === 429);
    if (first !== undefined) return first;
  }
}

it.each(['/docs-json', '/', '/nowhere', '/requests'])(
  'the gate limits calls without credentials: %s',
  async (path) => {
    const answer = await refused(path, newAddress());
    expect([answer.headers.get('retry-after'), answer.headers.get('connection')]).toEqual(['1', 'close']);
    expect(await answer.json()).toMatchObject({ code: 'rate_limited' });
  },
);

it('the gate refuses no caller at another address, and none with valid credentials at the same one', async () => {
  const [address, other] = [newAddress(), newAddress()];
  const key = (
    (await (await user.call('POST', '/auth/api-keys', { name: 'a key', scopes: ['read'] })).json()) as {
      key: string;
    }
  ).key;
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
  await gone.call('POST', '/auth/logout');
  await refused('/requests', address, gone.token);
  expect((await get('/docs-json', address)).status).toBe(200);
});
