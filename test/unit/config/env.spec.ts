import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidEnvironment, loadSettings } from '../../../src/config/env';

const STORES = { REDIS_URL: 'redis://h:1', MONGODB_URI: 'mongodb://h:1/d' };
const SECRET = 'a-secret-that-only-these-tests-know';

/** The errors of an invalid environment. */
function sentences(env: Record<string, string>): string[] {
  try {
    loadSettings({ ...STORES, JWT_SECRET: SECRET, ...env });
    return [];
  } catch (error) {
    if (!(error instanceof InvalidEnvironment)) throw error;
    return error.message.split('\n');
  }
}

it('unset and empty variables have their defaults', () => {
  const settings = loadSettings({ ...STORES, JWT_SECRET: SECRET, PORT: '', LEASE_MS: '  ' });
  expect(settings).toMatchObject({
    role: 'all',
    http: { port: 8085, trustProxy: [], callsPerSecond: 1_000 },
    queue: {
      shards: 16,
      leaseMs: 10_000,
      viewMs: 30_000,
      holdMs: 5000,
      maxDepth: 10_000,
      maxBytes: 33_554_432,
    },
    worker: { concurrency: 32, shutdownGraceMs: 30_000 },
  });
  expect(loadSettings({ ...STORES, SUDO_USER: 'ada' }).shell).toEqual({ sudoUser: 'ada' });
  expect(Object.isFrozen(settings) && Object.isFrozen(settings.queue)).toBe(true);
});

it.each([
  [{ PORT: '80 80' }, 'PORT must be a port from 0 to 65535 (0: any free one).'],
  [{ PORT: '-1' }, 'PORT must be a port from 0 to 65535 (0: any free one).'],
  [{ ROLE: 'boss' }, 'ROLE must be all, api or worker.'],
  [{ REDIS_URL: '' }, 'REDIS_URL is not set: it must be a redis:// or rediss:// URL'],
  [{ REDIS_URL: 'redis+sentinel://h:26379' }, 'REDIS_URL must be a redis:// or rediss:// URL'],
  [{ REDIS_URL: 'redis://h:1,redis+sentinel://h:1/main' }, 'REDIS_URL must be a redis:// or rediss:// URL'],
  [{ MONGODB_URI: 'http://x' }, 'MONGODB_URI must be a mongodb:// or mongodb+srv:// URL'],
  [{ WORKER_CONCURRENCY: '1e9' }, 'WORKER_CONCURRENCY must be a whole number from 1 to 1000.'],
  [{ TRUST_PROXY: '10.0.0.1, 300.1.1.1' }, 'TRUST_PROXY must be addresses or CIDR ranges of your proxies'],
  [{ HTTP_ALLOW_TARGETS: 'intranet' }, 'HTTP_ALLOW_TARGETS must be addresses or CIDR ranges separated by'],
  [{ WORKER_LANES: 'two words' }, 'WORKER_LANES must be names of lanes'],
  [{ WORKER_LANES: 'main,-x' }, 'WORKER_LANES must be names of lanes'],
  [{ JWT_SECRET: 'short' }, 'JWT_SECRET must be at least 32 characters long, or several'],
  [{ JWT_SECRET: `${SECRET},short` }, 'JWT_SECRET must be at least 32 characters long, or several'],
  [{ JWT_SECRET: `${SECRET},` }, 'JWT_SECRET must be at least 32 characters long, or several'],
  [{ JWT_SECRET: 'changeme'.repeat(4) }, 'JWT_SECRET is easy to guess'],
  [{ JWT_SECRET: `${SECRET}, ${'x'.repeat(32)}` }, 'JWT_SECRET is easy to guess'],
  [{ METRICS_TOKEN: 'secret-token-1234' }, 'METRICS_TOKEN is easy to guess'],
  [{ VIEW_MS: '300001' }, 'VIEW_MS must be milliseconds from 1000 to 300000.'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be the http:// or'],
  [{ HEALTH_PORT: '8085' }, 'HEALTH_PORT must not be PORT'],
  [{ LEASE_MS: '30000' }, 'LEASE_MS must be less than VIEW_MS.'],
  [{ HOLD_MS: '30000' }, 'HOLD_MS must be less than VIEW_MS.'],
  [{ NODE_ENV: 'production', JWT_SECRET: '' }, 'JWT_SECRET is not set: production needs one'],
])('an invalid variable is named in a sentence: %j', (env, sentence) => {
  const found = sentences(env);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(sentence);
});

it.each([
  ['redis://h:1'],
  ['rediss://user:p%40ss@h'],
  ['redis://a:1, redis://b:2'],
  ['redis+sentinel://a:1/main, redis+sentinel://b/main'],
])('REDIS_URL may be %s', (REDIS_URL) => {
  expect(loadSettings({ ...STORES, JWT_SECRET: SECRET, REDIS_URL }).stores.redisUrls).toEqual(
    REDIS_URL.split(', '),
  );
});

it('WORKER_LANES may be several lanes', () => {
  const settings = loadSettings({ ...STORES, JWT_SECRET: SECRET, WORKER_LANES: 'main, gpu-2' });
  expect(settings.worker.lanes).toEqual(['main', 'gpu-2']);
});

it('the error of an invalid secret does not show it', () => {
  expect(sentences({ JWT_SECRET: 'too-short', METRICS_TOKEN: 'tiny' }).join()).not.toMatch(/too-short|tiny/);
  expect(sentences({ JWT_SECRET: 'changeme'.repeat(4) }).join()).not.toContain('changeme');
});

it('JWT_SECRET may be several secrets, the first of which signs', () => {
  const [next, old] = [`${SECRET}-now`, SECRET];
  expect(loadSettings({ ...STORES, JWT_SECRET: `${next}, ${old}` }).auth.jwtSecrets).toEqual([next, old]);
});

it('all errors are named at once', () => {
  expect(sentences({ PORT: 'x', ROLE: 'y', REDIS_URL: 'z' })).toHaveLength(3);
});

it('a secret is generated outside production, once, and only its owner can read it', () => {
  const home = mkdtempSync(join(tmpdir(), 'turnwise-'));
  const env = { ...STORES, TURNWISE_HOME: home };
  const [first] = loadSettings(env).auth.jwtSecrets;
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(loadSettings(env).auth.jwtSecrets).toEqual([first]);
  const file = join(home, 'data', 'jwt-secret');
  expect(readFileSync(file, 'utf8')).toBe(first);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(home, 'data'))).toEqual(['jwt-secret']);
  rmSync(home, { recursive: true });
});

it('a secret is generated once on a file system without hard links', () => {
  const home = mkdtempSync(join(tmpdir(), 'turnwise-'));
  const load = () => loadSettings({ ...STORES, TURNWISE_HOME: home }).auth.jwtSecrets;
  const refuse = () => {
    throw Object.assign(new Error('link'), { code: 'EPERM' });
  };
  jest.spyOn(fs, 'linkSync').mockImplementationOnce(refuse);
  const [first] = load();
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(load()).toEqual([first]);
  expect(readdirSync(join(home, 'data'))).toEqual(['jwt-secret']);
  rmSync(home, { recursive: true });
});

it('a generated secret is not read before it is complete, and is the same for processes that start together', () => {
  const home = mkdtempSync(join(tmpdir(), 'turnwise-'));
  const load = () => loadSettings({ ...STORES, TURNWISE_HOME: home }).auth.jwtSecrets;
  const write = fs.writeFileSync;
  let other: readonly string[] = [];
  jest.spyOn(fs, 'writeFileSync').mockImplementationOnce((file, text, options) => {
    write(file, '', options);
    other = load(); // a second process, between the creation of the file and its content
    write(file, text);
  });
  const first = load();
  expect(other[0]?.length).toBeGreaterThanOrEqual(32);
  expect(first).toEqual(other);
  rmSync(home, { recursive: true });
});
