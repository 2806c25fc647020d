/** MongoDB in Compose: its health check creates the users, and the service runs with the least privileged one. */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Document, MongoClient } from 'mongodb';
import { mongoBinary } from '../../../scripts/lib/binaries';
import type { Child } from '../../../scripts/lib/child';
import { REPLICA_SET, startMember } from '../../../scripts/lib/mongo';
import { choosePort, LOOPBACK } from '../../../scripts/lib/ports';
import { AppCluster, ApiUser } from '../../support/cluster';
import { testRun } from '../../support/test-run';
import { until } from '../../support/until';

const INIT = join(__dirname, '../../../docker/mongo/init.js');
const PASSWORDS = { MONGO_ADMIN_PASSWORD: 'of-the-operator', MONGO_PASSWORD: 'of-the-service' };
const READ_WRITE = [{ role: 'readWrite', db: 'turnwise' }];

let port: number;
let mongod: Child;
beforeAll(async () => {
  port = await choosePort();
  const run = testRun();
  const key = run.path(`mongo-${port}.key`);
  writeFileSync(key, 'akeyofthistest', { mode: 0o400 });
  mongod = await startMember(run, {
    binary: await mongoBinary(run),
    port,
    data: run.path(`mongo-${port}`),
    output: { file: run.path(`mongo-${port}.log`) },
    keyFile: key,
  });
});
afterAll(async () => {
  await mongod.end();
  await mongod.ended;
});

const uriOf = (user: string, password: string, options: string) =>
  `mongodb://${user}:${password}@${LOOPBACK}:${port}/turnwise?authSource=admin&${options}`;
const asService = () => uriOf('turnwise', PASSWORDS.MONGO_PASSWORD, `replicaSet=${REPLICA_SET}`);

/** The parts of mongosh on the server's host that the script uses. */
class Shell {
  private client = new MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`);

  getSiblingDB = (name: string) => ({
    auth: async (user: string, password: string) => {
      const client = new MongoClient(uriOf(user, password, 'directConnection=true'));
      try {
        await client.connect();
      } catch (error) {
        await client.close();
        throw error;
      }
      await this.close();
      this.client = client;
    },
    runCommand: (command: Document) => this.client.db(name).command(command),
  });

  close = () => this.client.close();
}

/** Runs the script once, and waits for each call as mongosh does. @returns the exit code */
async function checkHealth(passwords = PASSWORDS): Promise<number> {
  const script = (await readFile(INIT, 'utf8')).replace(/\badmin\.(auth|runCommand)\(/g, 'await $&');
  const shell = new Shell();
  let exitCode = 1;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const program = new Function('db', 'quit', 'process', `return (async () => {${script}})()`);
  const env = { ...passwords, MONGO_MEMBERS: `${LOOPBACK}:${port}` };
  try {
    await program(shell, (code: number) => (exitCode = code), { env });
    return exitCode;
  } catch {
    return 1;
  } finally {
    await shell.close();
  }
}

async function as<T>(uri: string, act: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = await MongoClient.connect(uri);
  try {
    return await act(client);
  } finally {
    await client.close();
  }
}
const asAdmin = <T>(act: (client: MongoClient) => Promise<T>) =>
  as(uriOf('admin', PASSWORDS.MONGO_ADMIN_PASSWORD, `replicaSet=${REPLICA_SET}`), act);
const rolesOf = (user: string) =>
  asAdmin(async (client) => (await client.db('admin').command({ usersInfo: user }))['users'][0].roles);

it('the script creates a replica set and its users, and changes nothing when it runs again', async () => {
  await until('it is healthy', async () => (await checkHealth()) === 0);
  expect(await checkHealth()).toBe(0);
  expect(await rolesOf('turnwise')).toEqual(READ_WRITE);
  expect(await rolesOf('admin')).toEqual([{ role: 'root', db: 'admin' }]);
  await expect(
    as(`mongodb://${LOOPBACK}:${port}/turnwise?replicaSet=${REPLICA_SET}`, (client) =>
      client.db().collection('users').findOne(),
    ),
  ).rejects.toThrow('requires authentication');
});

it("the service's user has rights on its own database only", async () => {
  await as(asService(), async (client) => {
    await client.db('turnwise').collection('view').watch().tryNext();
    const refused = 'not authorized';
    await expect(client.db('other').collection('any').findOne()).rejects.toThrow(refused);
    await expect(client.db('admin').command({ usersInfo: 'admin' })).rejects.toThrow(refused);
    const user = { createUser: 'more', pwd: 'more', roles: [] };
    await expect(client.db('turnwise').command(user)).rejects.toThrow(refused);
    await expect(client.db('admin').command({ shutdown: 1 })).rejects.toThrow(refused);
  });
});

it("the program, its second start and an operator's command run with the service's user", async () => {
  const cluster = await AppCluster.start({}, asService());
  try {
    const { app, url } = await cluster.process('all');
    const user = await ApiUser.register(url);
    const wait = { prefer: 'wait=30' };
    const answer = await user.call('POST', '/enqueue', { type: 'echo', payload: 1 }, wait);
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'succeeded' }),
    ]);
    expect(await cluster.command('promote', user.email)).toContain('is now an admin');
    app.signal('SIGTERM');
    expect(await app.ended).toBe(0);
    user.url = (await cluster.process('api')).url;
    expect(await user.get('/auth/me')).toMatchObject({ role: 'admin' });
  } finally {
    // So that stop() can drop the database, which the service may not.
    await asAdmin((client) => client.db('admin').command({ updateUser: 'turnwise', roles: ['root'] }));
    await cluster.stop();
  }
});

it("the script removes the rights of a user from an older Compose file, and creates the operator's user", async () => {
  await asAdmin((client) => client.db('admin').command({ updateUser: 'turnwise', roles: ['root'] }));
  await as(asService(), (client) => client.db('admin').command({ dropUser: 'admin' }));
  expect(await checkHealth()).toBe(0);
  expect(await rolesOf('turnwise')).toEqual(READ_WRITE);
});

it('passwords are changed first in the database and then in the environment (docs/operations.md)', async () => {
  // What db.changeUserPassword() sends.
  const change = (user: string, pwd: string) =>
    asAdmin((client) => client.db('admin').command({ updateUser: user, pwd }));
  const canLogIn = (user: string, password: string) =>
    as(uriOf(user, password, `replicaSet=${REPLICA_SET}`), (client) =>
      client.db('turnwise').collection('view').findOne(),
    ).then(
      () => true,
      () => false,
    );
  const next = { MONGO_ADMIN_PASSWORD: 'of-the-next-operator', MONGO_PASSWORD: 'of-the-next-service' };

  expect(await checkHealth(next)).toBe(1); // the environment first: nothing works, and nothing is changed
  expect(await checkHealth()).toBe(0);

  await change('turnwise', next.MONGO_PASSWORD);
  expect(await checkHealth()).toBe(0);
  await change('admin', next.MONGO_ADMIN_PASSWORD);
  expect(await checkHealth()).toBe(1);
  expect(await checkHealth(next)).toBe(0);
  expect(await canLogIn('turnwise', next.MONGO_PASSWORD)).toBe(true);
  for (const [user, old] of [
    ['turnwise', PASSWORDS.MONGO_PASSWORD],
    ['admin', PASSWORDS.MONGO_ADMIN_PASSWORD],
  ] as const)
    expect(await canLogIn(user, old)).toBe(false);
});
