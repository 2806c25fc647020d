/** Acting for customers: an API key with the scope `act-as` and the header `Turnwise-User`. */
import { ApiUser, AppCluster, PASSWORD } from '../../support/cluster';
import { EventReader } from '../../support/event-reader';
import { until } from '../../support/until';

let cluster: AppCluster;
let urls: string[];
let admin: ApiUser;
let company: ApiUser;

beforeAll(async () => {
  cluster = await AppCluster.start();
  const apps = await Promise.all([cluster.process('all'), cluster.process('api')]);
  urls = apps.map(({ url }) => url);
  admin = await cluster.admin(urls[0]!);
  company = await keyOf(admin, ['act-as']);
});
afterAll(() => cluster.stop());

async function keyOf(by: ApiUser, scopes: string[]): Promise<ApiUser> {
  const { key } = await by.does<{ key: string }>('POST', '/auth/api-keys', { name: 'company', scopes });
  return ApiUser.withKey(urls[1]!, key);
}

const as = (customer: string) => ({ 'turnwise-user': customer });
const echo = { type: 'echo', payload: 1 };

it("a key acts on the queue of each customer, and no customer sees another's requests", async () => {
  for (const customer of ['one', 'two'])
    await company.enqueue({ type: 'echo', payload: customer }, as(customer));
  for (const customer of ['one', 'two'])
    await until('it has ended', async () => {
      const { items } = await company.get<{ items: { result?: unknown }[] }>('/requests', as(customer));
      return items.length === 1 && items[0]?.result === customer;
    });
  expect(await admin.get('/requests')).toMatchObject({ items: [] });
  const other = await keyOf(await cluster.admin(urls[0]!), ['act-as']);
  expect(await other.get('/requests', as('one'))).toMatchObject({ items: [] });
});

it.each([
  ['GET', '/queue'],
  ['GET', '/queue/audit'],
  ['POST', '/queue/pause'],
  ['POST', '/queue/resume'],
  ['DELETE', '/queue/requests'],
  ['GET', '/types'],
  ['GET', '/webhooks/secret'],
])('Turnwise-User works on %s %s', async (method, path) => {
  await company.does(method, path, undefined, as('three'));
});

it('Turnwise-User works on the stream of events', async () => {
  const reader = await EventReader.open(company, as('listener'));
  await company.enqueue(echo, as('listener'));
  await until('the success arrives', () => reader.types.at(-1) === 'request.succeeded');
  reader.close();
});

it('Turnwise-User is refused on every other route', async () => {
  for (const [method, path] of [
    ['GET', '/auth/me'],
    ['GET', '/admin/users'],
    ['POST', '/work/claim'],
    ['POST', '/auth/api-keys'],
  ] as const)
    expect([path, (await company.call(method, path, undefined, as('one'))).status]).toEqual([path, 403]);
});

it('Turnwise-User is refused without the scope act-as, and with a session', async () => {
  expect((await admin.call('GET', '/queue', undefined, as('one'))).status).toBe(403);
  const reader = await keyOf(admin, ['read']);
  expect((await reader.call('GET', '/queue', undefined, as('one'))).status).toBe(403);
});

it.each(['', 'x'.repeat(129), 'ü', 'a\tb', '.', '..'])(
  'Turnwise-User refuses the name %j',
  async (customer) => {
    expect((await company.call('GET', '/queue', undefined, as(customer))).status).toBe(400);
  },
);

it('Turnwise-User accepts any printable name, and creates one queue for it', async () => {
  const name = '{tw0}:$where "x" * \\ '.padEnd(128, '~');
  for (let i = 0; i < 2; i++) await company.enqueue(echo, as(name));
  await until('both have ended', async () => {
    const { items } = await company.get<{ items: unknown[] }>('/requests?status=succeeded', as(name));
    return items.length === 2;
  });
});

it('the stream of a customer ends when its key may no longer act for customers', async () => {
  const owner = await cluster.admin(urls[0]!);
  const key = await keyOf(owner, ['act-as', 'read']);
  const [customers, own] = [await EventReader.open(key, as('heard')), await EventReader.open(key)];
  await cluster.command('demote', owner.email);
  await until('it has ended', () => customers.hasEnded);
  expect(own.hasEnded).toBe(false);
  own.close();
});

it('deleting the account deletes its customers', async () => {
  const owner = await cluster.admin(urls[0]!);
  const key = await keyOf(owner, ['act-as']);
  await key.does('POST', '/queue/pause', undefined, as('left'));
  await key.enqueue(echo, as('left'));
  const search = () => admin.get<{ items: { id: string }[] }>('/admin/users?q=left');
  const { id } = (await search()).items[0]!;
  expect((await owner.call('DELETE', '/auth/me', { password: PASSWORD })).status).toBe(204);
  // The answer may come before all is removed.
  await until('no customer is found', async () => (await search()).items.length === 0);
  await until('no document is left', async () => (await cluster.documentsOf(id)).length === 0);
  expect((await key.call('GET', '/queue', undefined, as('left'))).status).toBe(401);
});

/** Metrics of the process that serves and works, and the names of its series. */
async function scrape(): Promise<{ text: string; series: string[] }> {
  const text = await (await fetch(`${urls[0]}/metrics`)).text();
  return { text, series: [...text.matchAll(/^(turnwise_\S+) /gm)].map(([, name]) => name!).sort() };
}

it('the metrics have the same series for two hundred customers as for one, without their names', async () => {
  const key = ApiUser.withKey(urls[0]!, company.token);
  /** A request of a customer that ends, and calls that are refused: an unknown type, path and ID. */
  const use = async (n: number) => {
    const customer = as(`metered-${n}`);
    const id = await key.enqueue(echo, customer);
    const wrong = [
      await key.call('POST', '/enqueue', { ...echo, type: `metered-${n}` }, customer),
      await key.call('GET', `/metered-${n}?metered=${n}`),
      await key.call('GET', `/requests/metered-${n}`, undefined, customer),
    ];
    expect(wrong.map(({ status }) => status)).toEqual([422, 404, 404]);
    expect(await key.get(`/requests/${id}?wait=30`, customer)).toMatchObject({ status: 'succeeded' });
    return id;
  };
  const requests = [await use(0)];
  const counted = /^turnwise_requests_ended_total{type="echo",status="succeeded"} /m;
  await until('its end is counted', async () => counted.test((await scrape()).text));
  const before = await scrape();
  for (let n = 1; n < 200; n += 20)
    requests.push(...(await Promise.all(Array.from({ length: 20 }, (_, i) => use(n + i)))));
  const { text, series } = await scrape();
  expect(series).toEqual(before.series);
  const { items } = await admin.get<{ items: { id: string }[] }>('/admin/users?q=metered&limit=200');
  expect(items).toHaveLength(200);
  const names = ['metered', ...requests, ...items.map(({ id }) => id)];
  expect(names.filter((name) => text.includes(name))).toEqual([]);
});
