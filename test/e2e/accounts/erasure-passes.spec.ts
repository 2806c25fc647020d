/** The passes of erasures, made one by one on real stores: whom they wait for, and who waits for them. */
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Erasures } from '../../../src/auth/erasure/erasures.service';
import { ErasuresLoop } from '../../../src/auth/erasure/erasures.loop';
import { AccountData, AccountDataParts } from '../../../src/users/account-data';
import { Customer } from '../../../src/users/customer.schema';
import { userIdOf } from '../../../src/users/customers.service';
import { ErasureRecords } from '../../../src/users/erasure-records.service';
import { Erasure } from '../../../src/users/erasure.schema';
import { AuthApp, Joined } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

const CUSTOMERS = 120;
const MINUTE = 60_000;

let stores: AuthStores;
let app: AuthApp;
beforeEach(async () => {
  stores = await AuthStores.start();
  app = await stores.startApp();
  await get(ErasuresLoop).onModuleDestroy(); // no passes but the test's own
});
afterEach(() => stores.stop());

const get = <T>(token: new (...args: never[]) => T): T => app.app.get(token);
const modelOf = <T>(name: string) => app.app.get<Model<T>>(getModelToken(name));
const by = ({ id }: Joined) => ({ accountId: id, credential: 'session' }) as const;
const runOnce = () => get(Erasures).runOnce(new AbortController().signal);
const add = (part: AccountData) => get(AccountDataParts).add(part);

/** The users whose data is ended, in this order. */
function ends(): string[] {
  const users: string[] = [];
  add({ endAccount: async (userId) => void users.push(userId) });
  return users;
}

/** An account for which there are many customers. */
async function withCustomers(): Promise<Joined> {
  const owner = await app.join();
  const customers = Array.from({ length: CUSTOMERS }, (_, i) => `c${i}`).map((customerId) => ({
    _id: userIdOf(owner.id, customerId),
    ...{ ownerId: owner.id, customerId, createdAt: new Date() },
  }));
  await modelOf<Customer>(Customer.name).insertMany(customers);
  return owner;
}

it("the erasure of an account with many customers delays neither its call nor another user's erasure (P5)", async () => {
  const [owner, other] = [await withCustomers(), await app.join()];
  const ended = ends();
  await get(Erasures).endAccount(owner.id, by(owner));
  expect(ended).toContain(owner.id);
  expect(ended.length).toBeLessThan(CUSTOMERS / 2);
  ended.length = 0;
  await get(Erasures).eraseUser(other.id, by(owner));
  await runOnce();
  expect(new Set(ended.slice(0, ended.indexOf(other.id))).size).toBeLessThan(CUSTOMERS);
  expect(new Set(ended).size).toBe(CUSTOMERS + 2);
  expect(await modelOf<Customer>(Customer.name).countDocuments()).toBe(0);
});

it('a process that closes begins no further pass', async () => {
  const owner = await withCustomers();
  await get(Erasures).eraseUser(owner.id, by(owner));
  await runOnce();
  await modelOf<Erasure>(Erasure.name).updateMany({}, { nextPassAt: new Date(0) });
  const loop = new ErasuresLoop(get(Erasures));
  let closing: Promise<void> | undefined;
  let passes = 0;
  add({
    endAccount: async () => {
      passes += 1;
      closing ??= loop.onModuleDestroy();
    },
  });
  await loop.runOnce();
  await closing;
  expect(passes).toBe(1);
});

it('an erasure waits for what was let in after its record, by a process that died then (P3)', async () => {
  const user = await app.join();
  add({ endAccount: async () => undefined, quietAfterMs: async () => MINUTE });
  await get(ErasureRecords).begin(user.id, by(user));
  const past = new Date(Date.now() - 2 * MINUTE);
  const erasures = modelOf<Erasure>(Erasure.name);
  await erasures.updateOne({ _id: user.id }, { requestedAt: past, nextPassAt: past });
  await app.me(user.accessToken).expect(200);
  await runOnce();
  await app.me(user.accessToken).expect(401);
  expect(await erasures.findById(user.id).lean<Erasure>()).not.toHaveProperty('erasedAt');

  // It lasts as long from when nobody was let in any more.
  await erasures.updateOne({ _id: user.id }, { closedAt: past, nextPassAt: past });
  await runOnce();
  expect(await erasures.findById(user.id).lean<Erasure>()).toHaveProperty('erasedAt');
});
