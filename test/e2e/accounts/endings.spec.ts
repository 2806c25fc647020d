import { getConnectionToken } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { AccountEndings } from '../../../src/auth/account/account-endings.service';
import { AuthStores } from '../../support/auth-stores';

let stores: AuthStores;
beforeAll(async () => {
  stores = await AuthStores.start();
});
afterAll(() => stores.stop());

it('are finished by others once they are overdue, and left to their own call before', async () => {
  const one = await stores.startApp();
  const { id, email, password } = await one.join();
  const records = one.app.get<Connection>(getConnectionToken()).collection<{ _id: string }>('accountendings');
  const begun = (secondsAgo: number) =>
    records.replaceOne(
      { _id: id },
      { requestedAt: new Date(Date.now() - secondsAgo * 1000) },
      { upsert: true },
    );
  const login = () => one.post('/auth/login', { email, password });
  const endings = one.app.get(AccountEndings);
  await begun(30);
  expect(await endings.runOnce()).toBe(0);
  await login().expect(200);
  await begun(61);
  expect(await endings.runOnce()).toBe(1);
  await login().expect(401);
  expect(await records.countDocuments()).toBe(0);
});
