import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { firstAccount } from '../../scripts/lib/first-account';
import { AppProcess } from '../support/app-process';
import { dropDatabase, uniqueDatabase } from '../support/mongo-database';
import { untilReady } from '../support/ready';
import { RedisServer } from '../support/redis-server';
import { ownHome } from '../support/own-home';
import { Tutorial } from '../support/tutorial';

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

/** Starts the built program. */
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
  await untilReady(url);
  return { url, mongodbUri: variables.MONGODB_URI };
}

/** The output of a document's commands, with the service at `url` and its key. */
async function run(commands: readonly string[], url: string): Promise<string> {
  const script = commands.join('\n').replace('http://localhost:8085', url).replaceAll('.turnwise', home);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: ROOT });
  return stdout;
}

it("the README's commands work for a user and for a customer, with the key that `npm start` shows", async () => {
  const { url, mongodbUri } = await start();
  const account = await firstAccount({ url, mongodbUri });
  expect(await firstAccount({ url, mongodbUri })).toEqual(account);
  const readme = new Tutorial('README.md');
  const commands = [
    ...readme.commands('Your first requests'),
    ...readme.commands('A queue for each of your customers'),
  ];
  // A busy machine may take longer than three seconds until the next command.
  const said = await run(
    commands.map((each) => each.replace('"ms":3000', '"ms":15000').replaceAll('wait=10', 'wait=60')),
    url,
  );
  expect(said).toContain('"type":"sleep","status":"queued","position":0');
  expect(said).toMatch(
    /"state":"busy","stoppedBy":\[\],"running":\{"id":"[^"]+","startedAt":"[^"]+"\},"depth":1/,
  );
  expect(said).toContain('"status":"succeeded"');
  expect(said).toContain('"result":{"hello":"world"}');
  expect(said).toContain('"result":{"total":12.50}');
  expect(said).toMatch(/"result":\{"total":12.50\}.*"type":"echo","status":"queued","position":0/s);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
(hasPython ? it : it.skip)('the external worker of docs/workers.md runs requests', async () => {
  const { url, mongodbUri } = await start();
  await firstAccount({ url, mongodbUri });
  const commands = new Tutorial('docs/workers.md').commands('Your first external worker');
  // If it was only told to end, it would wait for its claim of 20 s.
  const said = await run(
    commands.map((each) => each.replace('kill %1', 'kill -KILL %1')),
    url,
  );
  expect(said).toMatch(/"status":"succeeded".*"result":\{"words": 3\}/);
});
