/** The number of sessions, keys and links that one account may have. */
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import request from 'supertest';
import { MOST_KEYS } from '../../../src/auth/api-keys/api-keys.service';
import { ApiKey } from '../../../src/auth/credentials/api-key.schema';
import { PortalLink } from '../../../src/auth/credentials/portal-link.schema';
import { Session } from '../../../src/auth/credentials/session.schema';
import { MOST_LINKS } from '../../../src/auth/portal/portal-links.service';
import { MOST_SESSIONS } from '../../../src/auth/sessions/sessions.service';
import { User } from '../../../src/users/user.schema';
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

it('a login above the limit ends the oldest session of the account, and no other', async () => {
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

it.each([
  {
    what: 'API keys',
    path: '/auth/api-keys',
    wanted: { name: 'a key', scopes: ['read'] },
    of: { name: ApiKey.name, owner: 'userId', most: MOST_KEYS, refusal: 'too_many_keys' },
  },
  {
    what: 'portal links',
    path: '/portal-links',
    wanted: { customerId: 'customer-1' },
    of: { name: PortalLink.name, owner: 'ownerId', most: MOST_LINKS, refusal: 'too_many_links' },
  },
])(
  'an account gets no more $what than the limit, also by parallel calls',
  async ({ path, wanted, of: { name, owner, most, refusal } }) => {
    const { id, accessToken } = await app.join();
    const other = await app.join();
    // Only admins create portal links.
    await modelOf<User>(User.name).updateMany({ _id: { $in: [id, other.id] } }, { role: 'admin' });
    const make = (token = accessToken) =>
      request(app.url).post(path).auth(token, { type: 'bearer' }).send(wanted);
    const { body } = await make().expect(201);
    const made = modelOf<{ _id: string }>(name);
    const one = (await made.findById(body.id).lean<{ _id: string }>())!;
    await made.insertMany(Array.from({ length: most - 2 }, (_, i) => ({ ...one, _id: `${id}-${i}` })));

    const answers = await Promise.all(Array.from({ length: 5 }, () => make()));
    expect(answers.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1);
    expect(answers.find(({ status }) => status !== 201)).toMatchObject({
      status: 409,
      body: { code: refusal },
    });
    expect(await made.countDocuments({ [owner]: id })).toBeLessThanOrEqual(most);
    await make(other.accessToken).expect(201);

    await made.deleteMany({ [owner]: id, _id: { $ne: body.id } });
    await make().expect(201);
  },
);
