/** Links that open the API for one customer: what they may do, and when they end. */
import { MongoClient } from 'mongodb';
import { ApiUser, AppCluster } from '../../support/cluster';
import { ended } from '../../support/enqueued';
import { EventReader } from '../../support/event-reader';
import { problem } from '../../support/problem';
import { httpTarget, type StubTarget } from '../../support/stub-target';
import { until } from '../../support/until';

interface Link {
  readonly id: string;
  readonly token: string;
  readonly path: string;
  readonly expiresAt: string;
}

let cluster: AppCluster;
let url: string;
let other: string;
let admin: ApiUser;
let shop: ApiUser;
let shopKey: string;
let customer = 'customer-0';
let n = 0;

const echo = { type: 'echo', payload: 1 };
const as = (name: string) => ({ 'turnwise-user': name });

beforeAll(async () => {
  cluster = await AppCluster.start();
  const apps = await Promise.all([cluster.process('all'), cluster.process('api')]);
  [url, other] = apps.map((each) => each.url) as [string, string];
  admin = await cluster.admin(url);
});
beforeEach(async () => {
  customer = `customer-${(n += 1)}`;
  const made = await admin.call('POST', '/auth/api-keys', { name: 'shop', scopes: ['act-as'] });
  const { id, key } = (await made.json()) as { id: string; key: string };
  shopKey = id;
  shop = ApiUser.withKey(url, key);
});
afterAll(() => cluster.stop());

async function link(wanted: object = {}, by = shop): Promise<Link> {
  const answer = await by.call('POST', '/portal-links', { customerId: customer, ...wanted });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Link;
}
const portalOf = ({ token }: Link, at = url) => ApiUser.withKey(at, token);
const status = async (caller: ApiUser, path = '/queue') => (await caller.call('GET', path)).status;

it("a portal link opens its customer's queue and no other", async () => {
  const mine = await shop.enqueue(echo, as(customer));
  const theirs = await shop.enqueue(echo, as('somebody-else'));
  const own = await admin.enqueue(echo);
  const portal = portalOf(await link(), other);
  await until('it has ended', async () => (await ended(portal, mine)).status === 'succeeded');
  const { items } = await portal.get<{ items: { id: string }[] }>('/requests');
  expect(items.map(({ id }) => id)).toEqual([mine]);
  for (const hidden of [theirs, own]) expect(await status(portal, `/requests/${hidden}`)).toBe(404);
});

it('a portal link shows the page for its customer, in the style of its host', async () => {
  const look = { scope: 'manage', name: 'Ada’s Shop', color: '#0f766e' };
  const made = await link(look);
  expect(made.path).toBe(`/portal/#token=${made.token}`);
  expect(await portalOf(made).get('/portal-links/current')).toMatchObject({
    ...{ id: made.id, customerId: customer, expiresAt: made.expiresAt },
    ...look,
  });
  expect(await status(shop, '/portal-links/current')).toBe(403);
  expect(await status(admin, '/portal-links/current')).toBe(404);
});

describe('a portal link shows no secret of its account', () => {
  let target: StubTarget;
  beforeAll(async () => {
    target = await httpTarget((_call, response) =>
      response.setHeader('set-cookie', 'SECRET-OF-TARGET').end('thanks'),
    );
  });
  afterAll(() => target.close());

  const delivery = (more: object = {}) => ({ type: 'http', payload: { url: `${target.url}/hook`, ...more } });
  const found = async (caller: ApiUser, q: string, headers = {}) => {
    const answer = await caller.call('GET', `/requests?q=${q}`, undefined, headers);
    return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
  };

  it('in any answer about a request', async () => {
    const secret = {
      ...delivery({ url: `${target.url}/hook?code=SECRET-1`, headers: { Authorization: 'SECRET-2' } }),
      callbackUrl: `${target.url}/SECRET-3`,
    };
    const portal = portalOf(await link({ scope: 'manage' }));
    const id = await shop.enqueue(secret, as(customer));
    const shown = [
      await (await portal.call('GET', `/requests/${id}?wait=60`)).text(),
      await (await portal.call('GET', '/requests')).text(),
      await (await portal.call('POST', `/requests/${id}/callback/resend`)).text(),
    ];
    const whole = await (await shop.call('GET', `/requests/${id}`, undefined, as(customer))).text();
    const { worker } = (JSON.parse(whole) as { attempts: { worker: string }[] }).attempts[0]!;
    for (const hidden of ['SECRET-1', 'SECRET-2', 'SECRET-3', 'SECRET-OF-TARGET', worker]) {
      expect(whole).toContain(hidden);
      expect(shown.filter((text) => text.includes(hidden))).toEqual([]);
    }
    for (const text of shown) expect(text).toContain('thanks');
  });

  it('by a search for it', async () => {
    const portal = portalOf(await link());
    const secret = await shop.enqueue(delivery({ headers: { Authorization: 'SECRET-2' } }), as(customer));
    const plain = await shop.enqueue(delivery({ body: 'SECRET-less' }), as(customer));
    expect(await found(shop, 'SECRET', as(customer))).toEqual([plain, secret]);
    expect(await found(portal, 'SECRET')).toEqual([plain]);
    expect(await found(portal, secret)).toEqual([secret]);
  });
});

it('a portal link may read with the scope read, and change with manage', async () => {
  const [reads, manages] = [portalOf(await link()), portalOf(await link({ scope: 'manage' }))];
  expect((await reads.call('POST', '/queue/pause')).status).toBe(403);
  expect((await manages.call('POST', '/queue/pause')).status).toBe(200);
  expect(await reads.get('/queue')).toMatchObject({ state: 'paused' });
  const waiting = await shop.enqueue(echo, as(customer));
  expect((await reads.call('POST', `/requests/${waiting}/cancel`)).status).toBe(403);
  expect((await manages.call('POST', `/requests/${waiting}/cancel`)).status).toBe(200);
});

it.each<[string, string, object | undefined]>([
  ['POST', '/enqueue', echo],
  ['GET', '/auth/me', undefined],
  ['DELETE', '/auth/me', undefined],
  ['GET', '/auth/api-keys', undefined],
  ['POST', '/auth/api-keys', { name: 'more', scopes: ['read'] }],
  ['GET', '/auth/sessions', undefined],
  ['POST', '/auth/password', { currentPassword: 'x', newPassword: 'y' }],
  ['GET', '/webhooks/secret', undefined],
  ['POST', '/webhooks/secret/rotate', undefined],
  ['POST', '/portal-links', { customerId: 'somebody-else' }],
  ['GET', '/portal-links', undefined],
  ['DELETE', '/portal-links/any', undefined],
  ['DELETE', '/customers/any', undefined],
  ['POST', '/work/claim', { types: ['any'] }],
  ['GET', '/admin/overview', undefined],
  ['GET', '/admin/users', undefined],
])('a portal link may not call %s %s', async (method, path, body) => {
  const portal = portalOf(await link({ scope: 'manage' }));
  const answer = await portal.call(method, path, body);
  expect([method, path, answer.status]).toEqual([method, path, 403]);
});

it('a portal link cannot name another customer', async () => {
  const portal = portalOf(await link({ scope: 'manage' }));
  expect((await portal.call('GET', '/queue', undefined, as('somebody-else'))).status).toBe(403);
});

it('only an account that acts for customers can create a portal link', async () => {
  const user = await ApiUser.register(url);
  expect((await user.call('POST', '/portal-links', { customerId: 'any' })).status).toBe(403);
});

it.each([
  [{ customerId: '' }, '/customerId'],
  [{ customerId: 'ä' }, '/customerId'],
  [{ customerId: 'ACME ' }, '/customerId'], // a header would name `ACME`
  [{ customerId: ' ACME' }, '/customerId'],
  [{ customerId: '.' }, '/customerId'],
  [{ customerId: 'x'.repeat(129) }, '/customerId'],
  [{ scope: 'enqueue' }, '/scope'],
  [{ expiresInSeconds: 59 }, '/expiresInSeconds'],
  [{ expiresInSeconds: 86_401 }, '/expiresInSeconds'],
  [{ color: 'red;}' }, '/color'],
  [{ url: 'https://example.com' }, '/url'],
])('creating a portal link refuses %j', async (wanted, pointer) => {
  const answer = await shop.call('POST', '/portal-links', { customerId: customer, ...wanted });
  expect(await problem(answer)).toMatchObject({ status: 422, errors: [{ pointer }] });
});

describe('a portal link ends', () => {
  it('in every process, with its streams, when it is deleted', async () => {
    const made = await link();
    const reader = await EventReader.open(portalOf(made, other));
    expect((await shop.call('DELETE', `/portal-links/${made.id}`)).status).toBe(204);
    expect([await status(portalOf(made)), await status(portalOf(made, other))]).toEqual([401, 401]);
    await until('the stream has ended', () => reader.hasEnded);
    expect((await shop.call('DELETE', `/portal-links/${made.id}`)).status).toBe(404);
  });

  it('with the key that created it', async () => {
    const portal = portalOf(await link());
    await admin.does('DELETE', `/auth/api-keys/${shopKey}`);
    expect(await status(portal)).toBe(401);
  });

  it('with the session that created it', async () => {
    const host = await cluster.admin(url);
    const portal = portalOf(await link({}, host));
    expect(await status(portal)).toBe(200);
    const { items } = await host.get<{ items: { id: string }[] }>('/auth/sessions');
    await host.does('DELETE', `/auth/sessions/${items[0]!.id}`);
    expect(await status(portal)).toBe(401);
  });

  it('when its account may no longer act for customers', async () => {
    const host = await cluster.admin(url);
    const portal = portalOf(await link({}, host));
    await cluster.command('demote', host.email);
    expect(await status(portal)).toBe(401);
  });

  it('with its customer, and does not open a later customer of the same name', async () => {
    const made = await link();
    await shop.enqueue(echo, as(customer));
    expect((await shop.call('DELETE', `/customers/${customer}`)).status).toBe(202);
    expect(await status(portalOf(made))).toBe(401);
    await shop.enqueue(echo, as(customer));
    expect(await status(portalOf(made))).toBe(401);
    expect(await status(portalOf(await link()))).toBe(200);
  });

  it('when it expires: by its token, and by MongoDB', async () => {
    const made = await link({ expiresInSeconds: 60 });
    const [, claims = ''] = made.token.split('.');
    const { exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { exp: number };
    expect(exp).toBe(Math.floor(Date.parse(made.expiresAt) / 1000));
    const client = await MongoClient.connect(cluster.mongodbUri);
    const over = { $set: { expiresAt: new Date(Date.now() - 1) } };
    await client.db().collection<{ _id: string }>('portallinks').updateOne({ _id: made.id }, over);
    await client.close();
    expect(await status(portalOf(made))).toBe(401);
    const { items } = await shop.get<{ items: { id: string }[] }>('/portal-links');
    expect(items.map(({ id }) => id)).not.toContain(made.id);
  });
});

it('a portal link is listed to its account only, without its token', async () => {
  const made = await link();
  const { items } = await shop.get<{ items: { id: string }[] }>('/portal-links');
  expect(items[0]).toMatchObject({ id: made.id, customerId: customer, scope: 'read', name: null });
  expect(JSON.stringify(items)).not.toContain(made.token);
  const stranger = await cluster.admin(url);
  expect(await stranger.get('/portal-links')).toEqual({ items: [], nextCursor: null });
  expect((await stranger.call('DELETE', `/portal-links/${made.id}`)).status).toBe(404);
});
