import { NameServer, nameServer } from '../../../support/name-server';
import { until } from '../../../support/until';
import { hostsOf, searchOf } from '../../../../src/handlers/http/system-names';
import { TargetResolver } from '../../../../src/handlers/http/target-resolver';

const NAMES: Record<string, readonly string[]> = {
  'hooks.example.com': ['203.0.113.7', '203.0.113.8'],
  'orders.shop.svc.cluster.test': ['10.0.0.7'],
  'orders.cluster.test': ['10.0.0.8'],
  'both.test': ['203.0.113.1'],
  'both.test.cluster.test': ['203.0.113.2'],
};
const HOSTS = '127.0.0.1 localhost\n10.1.1.1\tDB db.internal # the old one\n::1 db\n# 10.2.2.2 gone';
const RESOLV =
  'nameserver 10.0.0.53\nsearch nowhere.test\nsearch shop.svc.cluster.test. cluster.test\noptions ndots:5';

let server: NameServer;
let resolver: TargetResolver;
beforeAll(async () => {
  server = await nameServer((name) => (name.startsWith('silent') ? undefined : (NAMES[name] ?? [])));
  resolver = new TargetResolver({ hosts: hostsOf(HOSTS), search: searchOf(RESOLV) }, [server.address]);
});
afterAll(() => server.close());

it.each([
  ['a name of the DNS, with all its addresses', 'hooks.example.com', ['203.0.113.7', '203.0.113.8']],
  ['a name that ends in a dot', 'HOOKS.example.com.', ['203.0.113.7', '203.0.113.8']],
  ['a short name, in the first search domain that has it', 'orders', ['10.0.0.7']],
  [
    'a name with a dot, in a search domain if it does not exist as it stands',
    'orders.shop.svc',
    ['10.0.0.7'],
  ],
  ['a name with a dot as it stands, before all search domains', 'both.test', ['203.0.113.1']],
  ['a name of /etc/hosts, without asking', 'db', ['10.1.1.1', '::1']],
  ['a name of /etc/hosts in another case', 'DB.internal', ['10.1.1.1']],
  ['localhost', 'localhost', ['127.0.0.1']],
  ['a name below localhost', 'app.localhost', ['127.0.0.1', '::1']],
])('the resolver finds %s', async (_what, name, addresses) => {
  const found = resolver.resolve(name).then((all) => all.map(({ address }) => address));
  expect(await found).toEqual(addresses);
});

it('the resolver tries no search domain for a name that ends in a dot', async () => {
  await expect(resolver.resolve('orders.')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

it('the resolver distinguishes an unknown name from a name server that does not answer', async () => {
  await expect(resolver.resolve('gone.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  const nobody = new TargetResolver({ hosts: new Map(), search: [] }, ['127.0.0.1:1']);
  await expect(nobody.resolve('hooks.example.com')).rejects.toMatchObject({ code: 'EAI_AGAIN' });
});

it('the resolver finds a name while any number of others get no answer', async () => {
  const silent = Array.from({ length: 100 }, (_, i) => resolver.resolve(`silent-${i}.example.com`));
  const settled = Promise.allSettled(silent).then(() => 'given up');
  await until('the last silent name is queried', () => server.asked.has('silent-99.example.com'));
  const found = resolver.resolve('hooks.example.com').then(() => 'found');
  expect(await Promise.race([settled, found])).toBe('found');
  resolver.onApplicationShutdown();
  expect(await settled).toBe('given up');
});

it('the resolver ignores an invalid hosts file or resolv.conf', () => {
  expect([hostsOf('hello world\n'), searchOf('nameserver 10.0.0.1')]).toEqual([new Map(), []]);
});
