import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { session } from '../../examples/typescript-client/session';
import { AppProcess } from '../support/app-process';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { RedisServer } from '../support/redis-server';
import { until } from '../support/until';

const ROOT = join(__dirname, '../..');

let redis: RedisServer;
let started: { app: AppProcess; mongodbUri: string } | undefined;
beforeEach(async () => {
  redis = await RedisServer.start();
});
afterEach(async () => {
  started?.app.signal('SIGTERM');
  await started?.app.ended;
  await redis.stop();
  if (started !== undefined) await dropDatabase(started.mongodbUri);
  started = undefined;
});

/** The built program. As `api` alone it delivers nothing, and nothing leaves this machine. */
async function start(role: 'all' | 'api') {
  const variables = {
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'test',
    ROLE: role,
    REDIS_URL: redis.url,
    MONGODB_URI: uniqueDatabase(),
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
  };
  const app = AppProcess.spawn(variables);
  started = { app, mongodbUri: variables.MONGODB_URI };
  const url = await app.listening();
  await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
  return { url, variables };
}

/** What the commands under a heading of the README write, against the service at `url`. */
async function run(heading: string, url: string, env: Record<string, string>): Promise<string> {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, block] = new RegExp(`## ${heading}\\n+\`\`\`sh\\n([^]*?)\`\`\``).exec(text)!;
  const script = block!
    .replace('http://localhost:8085', url)
    .replace('npm run admin --', `'${process.execPath}' dist/admin-command.js`);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
  });
  return stdout;
}

it('has a session of a company that acts for its customers', async () => {
  const { url, variables } = await start('api');
  const said = await run('For each of your customers, a queue', url, variables);
  expect(said).toContain('"type":"http","status":"queued","position":0');
  expect(said).toContain('"depth":1');
});

it('has a session from an account to a result', async () => {
  const { url, variables } = await start('all');
  const said = await run('From an account to a result', url, variables);
  expect(said).toContain('"type":"echo","status":"queued","position":1');
  expect(said).toMatch(/"state":"busy","running":\{"id":"[^"]+","startedAt":"[^"]+"\},"depth":2/);
  expect(said).toContain('"status":"succeeded"');
  expect(said).toContain('"result":{"total":12.50}');
});

// case F43
it('has the same session by the typed client', async () => {
  const { url } = await start('all');
  const request = await session(url, 'ada@example.com', 'correct horse battery');
  expect(request).toMatchObject({ type: 'echo', status: 'succeeded', result: { total: 12.5 } });
});
