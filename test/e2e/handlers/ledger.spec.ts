/** The example in examples/ledger: first its target alone, then all of it while workers are killed and frozen. */
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { Ledger } from '../../../examples/ledger/ledger';
import { ApiUser, AppCluster } from '../../support/cluster';
import { HURRIED } from '../../support/test-settings';
import { seeded } from '../../support/seeded';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { until } from '../../support/until';

jest.setTimeout(300_000); // each user's requests run one after another

const ROOT = join(__dirname, '../../..');
const PROGRAM = join(ROOT, 'examples/ledger/main.ts');
const HOOK = join(ROOT, 'scripts/tools/typescript.js');

describe('the target of the ledger example', () => {
  const uri = uniqueDatabase();
  let ledger: Ledger;
  beforeAll(async () => {
    await mongoose.connect(uri);
    ledger = new Ledger(mongoose.connection);
  });
  afterAll(async () => {
    await mongoose.disconnect();
    await dropDatabase(uri);
  });

  it('books each entry once, and refuses late entries', async () => {
    const post = (amount: number, key: string, token: number) =>
      ledger.apply({ userId: 'ada', amount, key, token });
    expect(await post(-1, 'a', 1)).toEqual({ kind: 'overdrawn' });
    expect(await post(100, 'b', 2)).toEqual({ kind: 'applied', balance: 100 });
    expect(await post(100, 'b', 4)).toEqual({ kind: 'repeated', balance: 100 });
    expect(await post(100, 'b', 3)).toEqual({ kind: 'stale' });
    expect(await post(-101, 'c', 5)).toEqual({ kind: 'overdrawn' });
    expect(await post(-40, 'd', 6)).toEqual({ kind: 'applied', balance: 60 });
    expect(await post(7, 'c', 5)).toEqual({ kind: 'stale' });
    expect(await ledger.account('ada')).toEqual({
      _id: 'ada',
      balance: 60,
      entries: 2,
      token: 6,
      lastKey: 'd',
    });
  });

  it('books an entry once, even if its request is retried after later ones', async () => {
    const post = (amount: number, key: string, token: number) =>
      ledger.apply({ userId: 'eve', amount, key, token });
    expect(await post(100, 'a', 1)).toEqual({ kind: 'applied', balance: 100 });
    expect(await post(20, 'b', 2)).toEqual({ kind: 'applied', balance: 120 });
    expect(await post(3, 'c', 3)).toEqual({ kind: 'applied', balance: 123 });
    expect(await post(100, 'a', 4)).toEqual({ kind: 'repeated', balance: 123 });
  });

  it('opens an account once, whichever call is first', async () => {
    for (let i = 0; i < 100; i += 1) {
      const userId = `user-${i}`;
      const posts = [1, 2, 3, 4].map((token) => ledger.apply({ userId, amount: 0, key: 'same', token }));
      const kinds = (await Promise.all(posts)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'applied')).toHaveLength(1);
      expect(kinds).not.toContain('overdrawn');
      expect(await ledger.account(userId)).toMatchObject({ entries: 1 });
    }
  });
});

/** The expected result of entries in their order: the statuses, and the final balance. */
function booked(amounts: readonly number[]) {
  let balance = 0;
  const statuses = amounts.map((amount) => {
    if (balance + amount < 0) return 'failed';
    balance += amount;
    return 'succeeded';
  });
  return { balance, statuses, entries: statuses.filter((status) => status === 'succeeded').length };
}

describe('the ledger example', () => {
  let cluster: AppCluster;
  let isOver = false;
  let faults: Promise<void> | undefined;
  beforeEach(async () => {
    cluster = await AppCluster.start({ ...HURRIED, NODE_OPTIONS: `--require ${HOOK}` });
  });
  afterEach(async () => {
    isOver = true;
    await faults?.catch(() => undefined); // the test says why
    await mongoose.disconnect();
    await cluster.stop();
  });

  it('is exact although its workers are killed and frozen', async () => {
    const start = (role: 'api' | 'worker') => cluster.process(role, PROGRAM);
    const [{ url }, ...workers] = await Promise.all([start('api'), start('worker'), start('worker')]);
    const random = seeded(20);
    const users = await Promise.all(
      Array.from({ length: 8 }, async () => ({
        api: await ApiUser.register(url),
        amounts: Array.from({ length: 100 }, () => Math.round(random() * 200) - 80),
      })),
    );
    faults = (async () => {
      for (let i = 0; !isOver; i += 1) {
        await delay(400 + random() * 400);
        const { app: victim } = workers.shift()!;
        const freeze = i % 2 === 1;
        victim.signal(freeze ? 'SIGSTOP' : 'SIGKILL');
        workers.push(await start('worker'));
        if (!freeze) continue;
        await delay(1.2 * Number(HURRIED.LEASE_MS)); // until other workers have its users
        victim.signal('SIGCONT'); // it continues, or its watchdog ends it
      }
    })();
    await Promise.all(
      users.map(async ({ api, amounts }) => {
        for (const amount of amounts) await api.enqueue({ type: 'ledger.post', payload: { amount } });
      }),
    );
    const statusesOf = async (api: ApiUser) =>
      (await api.get<{ items: { status: string; finishedAt?: string }[] }>('/requests?limit=200')).items;
    for (const { api } of users)
      await until('all have ended', async () =>
        (await statusesOf(api)).every(({ finishedAt }) => finishedAt !== undefined),
      );
    isOver = true;
    await faults?.catch(() => undefined); // the test says why
    await mongoose.connect(cluster.mongodbUri);
    const ledger = new Ledger(mongoose.connection);
    for (const { api, amounts } of users) {
      const { balance, entries, statuses } = booked(amounts);
      expect((await statusesOf(api)).map(({ status }) => status).reverse()).toEqual(statuses);
      const { id } = await api.get<{ id: string }>('/auth/me');
      expect(await ledger.account(id)).toMatchObject({ balance, entries });
    }
  });
});
