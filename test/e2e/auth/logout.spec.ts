import { AuthApp } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

describe('POST /auth/logout', () => {
  let stores: AuthStores;
  let first: AuthApp;
  let second: AuthApp;
  beforeAll(async () => {
    stores = await AuthStores.start();
    first = await stores.startApp();
    second = await stores.startApp();
  });
  afterAll(() => stores.stop());

  const twoSessions = async () => {
    const one = await first.join();
    return { one, other: await first.login(one) };
  };
  const refresh = (refreshToken: string) => first.post('/auth/refresh', { refreshToken });

  it.each(['/auth/logout', '/auth/logout?all=false'])(
    'called as %s ends its session at once, in every process',
    async (path) => {
      const { one, other } = await twoSessions();
      await first.postAs(one.accessToken, path).expect(204);
      await second.me(one.accessToken).expect(401);
      await first.postAs(one.accessToken, path).expect(401);
      await refresh(one.refreshToken).expect(401);
      await second.me(other.accessToken).expect(200);
      await refresh(other.refreshToken).expect(200);
    },
  );

  it('with ?all=true ends every session of this user permanently', async () => {
    const { one, other } = await twoSessions();
    const stranger = await first.join();
    await first.postAs(one.accessToken, '/auth/logout?all=true').expect(204);
    await stores.redis.client().flushall();
    for (const { accessToken, refreshToken } of [one, other]) {
      await second.me(accessToken).expect(401);
      await refresh(refreshToken).expect(401);
    }
    await second.me(stranger.accessToken).expect(200);
  });

  it.each(['?all=yes', '?all=', '?all=1', '?all=TRUE', '?all=true&all=false', '?every=true'])(
    'refuses %s and ends nothing',
    async (query) => {
      const { accessToken } = await first.join();
      await first.postAs(accessToken, `/auth/logout${query}`).expect(422);
      await first.me(accessToken).expect(200);
    },
  );

  it('takes effect before the next of many calls', async () => {
    const { one, other } = await twoSessions();
    await first.postAs(one.accessToken, '/auth/logout').expect(204);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => second.me(i % 2 === 0 ? one.accessToken : other.accessToken)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, i) => (i % 2 === 0 ? 401 : 200)));
  });
});
