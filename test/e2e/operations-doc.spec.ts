/** Steps of docs/operations.md and docs/runbook.md, as they are written there. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AggregationCursor, Db, Document, MongoClient } from 'mongodb';
import { ApiUser, AppCluster, PASSWORD } from '../support/cluster';

const ROOT = join(__dirname, '../..');

/** The first block of code in this language after a text of a document. */
function codeAfter(text: string, language: string, document = 'operations'): string {
  const doc = readFileSync(join(ROOT, `docs/${document}.md`), 'utf8');
  const code = new RegExp(`^ *\`\`\`${language}\n([^]*?)^ *\`\`\`$`, 'm').exec(doc.slice(doc.indexOf(text)));
  return code![1]!;
}

/** Collections by their names, as in mongosh. */
const shellOf = (db: Db) => new Proxy({}, { get: (_, name: string) => db.collection(name) });

/** Runs a script as mongosh does, which waits for each call. */
async function runInShell(db: Db, script: string): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function('db', `return (async () => {${script.replace(/\bdb\./g, 'await db.')}})()`);
  await program(shellOf(db));
}

let cluster: AppCluster;
beforeEach(async () => (cluster = await AppCluster.start({ QUEUE_SHARDS: '16' })));
afterEach(() => cluster.stop());

describe('To restore', () => {
  let client: MongoClient;
  beforeEach(async () => (client = await MongoClient.connect(cluster.mongodbUri)));
  afterEach(() => client.close());

  const dump = async () => {
    const collections = await client.db().collections();
    return Promise.all(
      collections.map(async (each) => [each.collectionName, await each.find().toArray()] as const),
    );
  };
  async function restore(dumped: readonly (readonly [string, Document[]])[]): Promise<void> {
    await client.db().dropDatabase();
    for (const [name, documents] of dumped)
      if (documents.length > 0) await client.db().collection(name).insertMany(documents);
  }

  it('ends what was stolen before the backup, and reports no honest user as a thief', async () => {
    const before = await cluster.process('all');
    const user = await ApiUser.register(before.url);
    const post = (path: string, body: object) => user.call('POST', path, body);
    const login = (password: string) => post('/auth/login', { email: user.email, password });
    const { refreshToken } = (await (await login(PASSWORD)).json()) as { refreshToken: string };
    const made = await post('/auth/api-keys', { name: 'stolen', scopes: ['read'] });
    const { id: keyId, key } = (await made.json()) as { id: string; key: string };
    const link = async () =>
      /#reset-password=(\S+)/.exec(await cluster.command('reset-password', user.email))![1]!;
    const token = await link();
    const dumped = await dump();

    expect(
      (await post('/auth/password/reset', { token, password: 'a second horse', endKeys: true })).status,
    ).toBe(204);
    expect(await before.app.logged('password.replaced')).toHaveLength(1);
    const ended = (await before.app.logged('key.ended')).map(({ credentialId }) => credentialId as string);
    expect(ended).toEqual([keyId]);
    before.app.signal('SIGTERM');
    await before.app.ended;

    await restore(dumped);
    await runInShell(client.db(), codeAfter('To restore:', 'js'));
    await runInShell(client.db(), codeAfter('`key.ended`', 'js').replace(/\[[^]*\]/, JSON.stringify(ended)));
    await cluster.command('lock', user.email); // because of `password.replaced`
    await cluster.redis.restart();
    const { app, url } = await cluster.process('all');
    user.url = url;
    expect((await login(PASSWORD)).status).toBe(403);
    expect((await user.call('GET', '/auth/me')).status).toBe(401);
    expect((await post('/auth/refresh', { refreshToken })).status).toBe(401);
    expect((await ApiUser.withKey(url, key).call('GET', '/queue')).status).toBe(401);
    expect((await post('/auth/password/reset', { token, password: 'a stolen horse' })).status).toBe(401);

    expect(
      (await post('/auth/password/reset', { token: await link(), password: 'a third horse' })).status,
    ).toBe(204);
    await app.logged('password.replaced');
    expect(app.lines('session.reused')).toEqual([]);
    await cluster.command('unlock', user.email);
    expect([(await login(PASSWORD)).status, (await login('a third horse')).status]).toEqual([401, 200]);
  });
});

it('the query for the longest queues finds them by an index', async () => {
  const { url } = await cluster.process('api');
  const [one, two] = [await ApiUser.register(url), await ApiUser.register(url)];
  for (const user of [one, two, two]) await user.enqueue({ type: 'echo', payload: 1 });
  const { id: longest } = await two.get<{ id: string }>('/auth/me');
  const client = await MongoClient.connect(cluster.mongodbUri);
  try {
    const query = codeAfter('## One user with very many requests', 'js', 'runbook');
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function('db', `return ${query}`) as (db: object) => AggregationCursor;
    expect(await run(shellOf(client.db())).next()).toEqual({ _id: longest, count: 2 });
    const plan = JSON.stringify(await run(shellOf(client.db())).explain());
    expect(plan).toContain('"IXSCAN"');
    expect(plan).not.toContain('"COLLSCAN"');
  } finally {
    await client.close();
  }
});

it('Reading a queue with Bull: a QUEUE_SHARDS that is empty, as in Compose, is the default', async () => {
  const { url } = await cluster.process('api');
  const user = await ApiUser.register(url);
  const { id: userId } = await user.get<{ id: string }>('/auth/me');
  const id = await user.enqueue({ type: 'echo', payload: 1 });
  const script = codeAfter('## Reading a user', 'sh').replace(/^\w+=\S+ \w+=\S+ /, '');
  const env = { PATH: process.env['PATH'], USER_ID: userId, REDIS_URL: cluster.redis.url, QUEUE_SHARDS: '' };
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: ROOT, env });
  expect(stdout).toContain(`${id} echo`);
});
