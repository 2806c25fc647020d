import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

interface Service {
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly stop_grace_period?: string;
  readonly ports?: readonly string[];
  readonly deploy?: { readonly replicas: number };
  readonly command?: string | readonly string[];
  readonly depends_on?: unknown;
  readonly image?: string;
  readonly mem_limit?: string;
  readonly pids_limit?: number;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly user?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly networks?: Readonly<Record<string, { readonly ipv4_address: string }>>;
  readonly volumes?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: object;
  readonly networks: {
    readonly stores: { readonly ipam?: { readonly config: [{ readonly subnet: string }] } };
  };
}

/** `!reset` removes a key of the file before. */
const reset = { tag: '!reset', collection: 'seq' as const, resolve: () => 'reset' };
const composeOf = (file: string) => parse(read(file), { merge: true, customTags: [reset] }) as Compose;
const one = composeOf('docker-compose.yml');
const cluster = composeOf('docker/compose.cluster.yml');
/** Merges the two files as Compose does, as far as these tests need it. */
const both = (name: string): Service => {
  const [base, more] = [one.services[name], cluster.services[name]];
  return { ...base, ...more, environment: { ...base?.environment, ...more?.environment } };
};

const VARIABLES = new Set(read('.env.example').match(/^[A-Z_]+(?==)/gm));
/** What a copy of .env.example sets. */
const EXAMPLE = new Map(
  [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);
/** The value in the Compose file of a variable that .env sets so. */
const valueOf = (text: string | number | undefined, env: ReadonlyMap<string, string> = new Map()) =>
  String(text ?? '').replace(
    /^\$\{([A-Z_]+):-(.*)\}$/,
    (_, name: string, fallback: string) => env.get(name) || fallback,
  );
const SHUTDOWN_GRACE_S = Number(EXAMPLE.get('SHUTDOWN_GRACE_MS')) / 1_000;

const REDIS_NODES = ['redis', 'redis-2', 'redis-3'];
const MONGO_MEMBERS = ['mongo', 'mongo-2', 'mongo-3'];

it.each([
  ['docker-compose.yml', one],
  ['docker/compose.cluster.yml', cluster],
])('%s sets and reads only known variables', (file, { services }) => {
  const set = ['api', 'worker'].flatMap((name) => Object.keys(services[name]!.environment ?? {}));
  const asked = [...read(file).matchAll(/\$\{([A-Z_]+)/g)].map(([, name = '']) => name);
  expect([...set, ...asked].filter((name) => !VARIABLES.has(name))).toEqual([]);
});

it('the maxmemory of the runbook is more than that of Redis, and fits into its container', () => {
  const { command, mem_limit } = one.services['redis']!;
  const [, gigabytes] = /--maxmemory (\d+)gb/.exec(String(command))!;
  const [, megabytes] = /redis-cli config set maxmemory (\d+)mb/.exec(read('docs/runbook.md'))!;
  expect(Number(megabytes)).toBeGreaterThan(Number(gigabytes) * 1024);
  expect(Number(megabytes)).toBeLessThanOrEqual(0.85 * Number.parseInt(mem_limit!));
});

it('.env can set every numeric limit', () => {
  const numbers = [...read('src/config/env.ts').matchAll(/@ToNumber\(\).*@Max\(.*\) ([A-Z_]+)(?: =|\?)/g)];
  const bounds = numbers.map(([, name = '']) => name).filter((name) => !name.endsWith('PORT'));
  const set = ['api', 'worker'].flatMap((name) => Object.keys(one.services[name]!.environment ?? {}));
  expect(bounds.length).toBeGreaterThan(10);
  expect(bounds.filter((name) => !set.includes(name))).toEqual([]);
});

it.each([
  ['api', 'no .env', new Map<string, string>()],
  ['api', 'a copy of .env.example', EXAMPLE],
  ['worker', 'no .env', new Map<string, string>()],
  ['worker', 'a copy of .env.example', EXAMPLE],
])('%s gets the time that its shutdown takes with %s', (name, _, env) => {
  for (const service of [one.services[name]!, both(name)]) {
    const drain = Number(valueOf(service.environment?.['DRAIN_MS'], env)) / 1_000;
    const period = Number.parseInt(valueOf(service.stop_grace_period, env));
    expect(period).toBeGreaterThanOrEqual(drain + SHUTDOWN_GRACE_S + 25);
  }
});

describe.each([...new Set([...Object.keys(one.services), ...Object.keys(cluster.services)])])(
  'the container of %s',
  (name) => {
    const service = both(name);

    it('has limits of memory and processes, and cannot gain capabilities', () => {
      expect(service).toMatchObject({
        mem_limit: expect.stringMatching(/^\d+[mg]$/),
        pids_limit: expect.any(Number),
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(Object.keys(service)).not.toContain('cap_add');
    });

    it('has an image of an exact version, or our own', () => {
      expect(service.image).toMatch(/^turnwise$|:v?\d+\.\d+\.\d+$/);
    });

    // Compose copies the secret into the one, and Grafana writes beside its volume.
    const writes = ['prometheus', 'grafana'].includes(name);
    it(writes ? 'writes to its file system' : 'writes to nothing but its volumes', () => {
      expect(service.read_only).toBe(writes ? undefined : true);
    });
  },
);

it.each([...REDIS_NODES, ...MONGO_MEMBERS])('%s requires a password, and does not run as root', (name) => {
  const service = both(name);
  const command = [service.command].flat().join(' ');
  expect(command).toContain(name.startsWith('redis') ? '--requirepass ${REDIS_PASSWORD}' : '--keyFile');
  expect(service.user).toBe(name.startsWith('redis') ? 'redis' : 'mongodb');
});

it('the key of the MongoDB set is not derived from a password that the service knows', () => {
  for (const name of MONGO_MEMBERS) expect(both(name).command!.at(-1)).toContain('"$$MONGO_ADMIN_PASSWORD"');
  for (const name of ['api', 'worker'])
    expect(JSON.stringify(both(name).environment)).not.toContain('MONGO_ADMIN_PASSWORD');
});

it('no secret has a default', () => {
  const text = read('docker-compose.yml') + read('docker/compose.cluster.yml');
  const defaults = [...text.matchAll(/\$\{(\w*(?:SECRET|TOKEN|PASSWORD)):-/g)].map(([, name]) => name);
  expect(defaults).toEqual([]);
  for (const name of [
    'JWT_SECRET',
    'METRICS_TOKEN',
    'REDIS_PASSWORD',
    'MONGO_PASSWORD',
    'MONGO_ADMIN_PASSWORD',
    'GRAFANA_ADMIN_PASSWORD',
  ])
    expect(text).toContain(`\${${name}:?`);
});

describe('the cluster', () => {
  it('has two API processes behind the balancer, and four workers', () => {
    expect([both('api').deploy, both('worker').deploy]).toEqual([{ replicas: 2 }, { replicas: 4 }]);
    expect([both('api').ports, both('balancer').ports]).toEqual(['reset', ['8085:8085']]);
  });

  it('gives all nodes of its stores to each process', () => {
    for (const name of ['api', 'worker']) {
      const { REDIS_URL, MONGODB_URI } = both(name).environment!;
      expect(REDIS_URL).toBe(REDIS_NODES.map((node) => `redis://:\${REDIS_PASSWORD}@${node}:6379`).join(','));
      expect(MONGODB_URI).toContain(MONGO_MEMBERS.map((member) => `${member}:27017`).join(','));
    }
    for (const name of [...REDIS_NODES, ...MONGO_MEMBERS]) expect(both(name).command).toBeDefined();
  });

  it('creates the Redis Cluster from the addresses of its nodes, each with its own files', () => {
    const addresses = REDIS_NODES.map((node) => both(node).networks!['stores']!.ipv4_address);
    const [, , , make = ''] = both('redis').healthcheck!.test;
    expect(make).toContain(`--cluster create ${addresses.map((each) => `${each}:6379`).join(' ')} `);
    const [{ subnet }] = cluster.networks.stores.ipam!.config;
    for (const each of addresses) expect(each.startsWith(subnet.replace(/\d+\/24$/, ''))).toBe(true);
    const volumes = [...REDIS_NODES, 'mongo-2', 'mongo-3'].map(
      (name) => both(name).volumes![0]!.split(':')[0],
    );
    expect(volumes).toEqual(Object.keys(cluster.volumes));
  });

  it('creates the MongoDB set from all its members', () => {
    const { MONGO_MEMBERS: made } = both('mongo').environment!;
    expect(made).toBe(MONGO_MEMBERS.map((member) => `${member}:27017`).join(','));
  });
});

describe('the balancer', () => {
  const config = read('docker/haproxy/haproxy.cfg');
  const seconds = (name: string) => Number(new RegExp(`^ *timeout ${name} (\\d+)s$`, 'm').exec(config)![1]);

  it('waits longer than any answer takes, and checks health on a port that clients cannot fill', () => {
    for (const name of ['client', 'server']) expect(seconds(name)).toBeGreaterThan(60);
    const { HEALTH_PORT } = both('api').environment!;
    expect(config).toContain(`check port ${HEALTH_PORT} `);
    expect(config).toContain('option httpchk GET /health/ready');
  });

  it('has noticed that a process is not ready before that process closes', () => {
    const [, inter, fall] = /inter (\d+)s fall (\d+)/.exec(config)!.map(Number) as [number, number, number];
    expect(Number(valueOf(both('api').environment!['DRAIN_MS']))).toBeGreaterThan(
      inter * fall * 1_000 + 1_000,
    );
  });

  const hasHaproxy = spawnSync('haproxy', ['-v']).status === 0;
  (hasHaproxy ? it : it.skip)('has a configuration that HAProxy accepts', () => {
    const args = ['-c', '-f', join(ROOT, 'docker/haproxy/haproxy.cfg')];
    const { status, stderr } = spawnSync('haproxy', args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('ALERT')]);
  });
});
