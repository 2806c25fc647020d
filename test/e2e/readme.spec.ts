import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstAccount } from '../../scripts/lib/first-account';
import { AppProcess } from '../support/app-process';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { RedisServer } from '../support/redis-server';
import { ownHome } from '../support/own-home';
import { until } from '../support/until';

const ROOT = join(__dirname, '../..');

const home = ownHome();
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

/** The built program. */
async function start() {
  const variables = {
    HOST: '127.0.0.1',
    PORT: '0',
    NODE_ENV: 'test',
    REDIS_URL: redis.url,
    MONGODB_URI: uniqueDatabase(),
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
  };
  const app = AppProcess.spawn(variables);
  started = { app, mongodbUri: variables.MONGODB_URI };
  const url = await app.listening();
  await until('it is ready', async () => (await fetch(`${url}/health/ready`)).ok);
  return { url, mongodbUri: variables.MONGODB_URI };
}

/** What the commands under headings of the README write, against the service at `url`. */
async function run(headings: readonly string[], url: string): Promise<string> {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = headings.map((heading) =>
    new RegExp(`## ${heading}\\n[^#]*?\`\`\`sh\\n([^]*?)\`\`\``).exec(text)!.at(1),
  );
  const script = blocks.join('\n').replace('http://localhost:8085', url).replace('.turnwise', home);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: ROOT });
  return stdout;
}

const as = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

it('has a session from a first request to a result, and one for a customer, by the key of `npm start`', async () => {
  const { url, mongodbUri } = await start();
  const account = await firstAccount({ url, mongodbUri });
  expect(await firstAccount({ url, mongodbUri })).toEqual(account);
  const said = await run(['Your first requests', 'A queue for each of your customers'], url);
  expect(said).toContain('"type":"sleep","status":"queued","position":0');
  expect(said).toMatch(
    /"state":"busy","stoppedBy":\[\],"running":\{"id":"[^"]+","startedAt":"[^"]+"\},"depth":1/,
  );
  expect(said).toContain('"status":"succeeded"');
  expect(said).toContain('"result":{"hello":"world"}');
  expect(said).toContain('"result":{"total":12.50}');
  expect(said).toMatch(/"result":\{"total":12.50\}.*"type":"echo","status":"queued","position":0/s);
  expect((await fetch(`${url}/admin/overview`, as(account.key))).status).toBe(403);
  expect((await fetch(`${url}/queue`, as(account.key))).status).toBe(200);
});
