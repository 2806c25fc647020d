/** What one account may have of what it makes itself. */
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import request from 'supertest';
import { MOST_KEYS } from '../../../src/auth/api-keys/api-keys.service';
import { ApiKey } from '../../../src/auth/credentials/api-key.schema';
import { Session } from '../../../src/auth/credentials/session.schema';
import { MOST_SESSIONS } from '../../../src/auth/sessions/sessions.service';
import { AuthApp } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

let stores: AuthStores;
let app: AuthApp;
beforeAll(async () => {
  stores = await AuthStores.start();
  app = await stores.startApp();
});
afterAll(() => stores.stop());

const modelOf = <T>(name: string) => app.app.get<Model<T>>(getModelToken(name));

it('ends the oldest sessions of an account above the limit, and no other', async () => {
  const [one, other] = [await app.join(), await app.join()];
  const sessions = modelOf<Session>(Session.name);
  const first = (await sessions.findOne({ userId: one.id }).lean<Session>())!;
  const later = Array.from({ length: MOST_SESSIONS - 1 }, (_, i) => ({
    ...first,
    _id: `later-${i}`,
    createdAt: new Date(first.createdAt.getTime() + 1 + i),
  }));
  await sessions.insertMany(later);
  await app.me(one.accessToken).expect(200);

  const latest = await app.login(one);
  expect(await sessions.countDocuments({ userId: one.id })).toBe(MOST_SESSIONS);
  await app.me(one.accessToken).expect(401);
  await app.post('/auth/refresh', { refreshToken: one.refreshToken }).expect(401);
  await app.me(latest.accessToken).expect(200);
  await app.me(other.accessToken).expect(200);
});

it('creates no more API keys than an account may have, also for parallel calls', async () => {
  const { id: userId, accessToken } = await app.join();
  const make = () =>
    request(app.url)
      .post('/auth/api-keys')
      .auth(accessToken, { type: 'bearer' })
      .send({ name: 'a key', scopes: ['read'] });
  const { body } = await make().expect(201);
  const keys = modelOf<ApiKey>(ApiKey.name);
  const key = (await keys.findById(body.id).lean<ApiKey>())!;
  await keys.insertMany(Array.from({ length: MOST_KEYS - 2 }, (_, i) => ({ ...key, _id: `${userId}-${i}` })));

  const made = await Promise.all(Array.from({ length: 5 }, () => make()));
  expect(made.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
  expect(made.find(({ status }) => status !== 201)).toMatchObject({
    status: 409,
    body: { code: 'too_many_keys' },
  });
  expect(await keys.countDocuments({ userId })).toBeLessThanOrEqual(MOST_KEYS);

  await keys.deleteMany({ userId, _id: { $ne: body.id } });
  await make().expect(201);
});
