/** All API keys of an account end, including those being made at that moment: the thief of a session keeps none. */
import request from 'supertest';
import { ApiKeysService } from '../../../src/auth/api-keys/api-keys.service';
import { CredentialEnds } from '../../../src/auth/credentials/credential-ends.service';
import { PasswordResetsService } from '../../../src/auth/passwords/password-resets.service';
import { AuthApp, Joined, Tokens } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

let stores: AuthStores;
let app: AuthApp;
let owner: Joined;
let stolen: Tokens;
beforeAll(async () => {
  stores = await AuthStores.start();
  app = await stores.startApp();
});
afterAll(() => stores.stop());
beforeEach(async () => {
  owner = await app.join();
  stolen = await app.login(owner);
});
afterEach(() => jest.restoreAllMocks());

const makeKey = () =>
  app.postAs(stolen.accessToken, '/auth/api-keys').send({ name: 'kept', scopes: ['read'] });
const logout = () => app.postAs(owner.accessToken, '/auth/logout?all=true&keys=true').expect(204);
/** How many keys the account has, for one who logs in again. */
async function keysLeft(password = owner.password): Promise<number> {
  const { accessToken } = await app.login({ ...owner, password });
  const { body } = await request(app.url)
    .get('/auth/api-keys')
    .auth(accessToken, { type: 'bearer' })
    .expect(200);
  return body.items.length;
}

it('a logout that ends the keys leaves none that is made meanwhile', async () => {
  await makeKey().expect(201);
  const ends = app.app.get(CredentialEnds);
  const keysOf = ends.keysOf.bind(ends);
  const late: number[] = [];
  jest.spyOn(ends, 'keysOf').mockImplementation(async (userId) => {
    const ended = await keysOf(userId);
    late.push((await makeKey()).status);
    return ended;
  });
  await logout();
  expect([late, await keysLeft()]).toEqual([[401], 0]);
});

it('a logout that ends the keys leaves none whose call had been let in before', async () => {
  const keys = app.app.get(ApiKeysService);
  const create = keys.create.bind(keys);
  jest.spyOn(keys, 'create').mockImplementation(async (...wanted) => {
    await logout();
    return create(...wanted);
  });
  await makeKey().expect(401);
  expect(await keysLeft()).toBe(0);
});

it('a reset that ends the keys can be repeated if MongoDB was away', async () => {
  await makeKey().expect(201);
  const { token } = (await app.app.get(PasswordResetsService).issue(owner.email))!;
  const password = 'staple correct horse';
  const reset = () => app.post('/auth/password/reset', { token, password, endKeys: true });
  jest.spyOn(app.app.get(CredentialEnds), 'keysOf').mockRejectedValueOnce(new Error('MongoDB is away'));
  await reset().expect(500);
  await reset().expect(204);
  expect(await keysLeft(password)).toBe(0);
});
