import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Session } from '../../../src/auth/credentials/session.schema';
import { Clock } from '../../../src/common/time/clock';
import { User } from '../../../src/users/user.schema';
import { AuthApp } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

describe('POST /auth/refresh', () => {
  let stores: AuthStores;
  let first: AuthApp;
  let second: AuthApp;
  beforeAll(async () => {
    stores = await AuthStores.start();
    first = await stores.startApp();
    second = await stores.startApp();
  });
  afterAll(() => stores.stop());
  let startedAt: number;
  beforeEach(() => {
    startedAt = Date.now();
    pass(0); // their clocks stand still: a busy machine uses up no grace period
  });
  afterEach(() => jest.restoreAllMocks());

  const refresh = (token: string, by = first) => by.post('/auth/refresh', { refreshToken: token });

  /** Makes both processes believe that this much time has passed since the test started. */
  const pass = (milliseconds: number) => {
    const now = startedAt + milliseconds;
    for (const { app } of [first, second]) jest.spyOn(app.get(Clock), 'wall').mockReturnValue(now);
  };

  it('returns new tokens for the same session', async () => {
    const { accessToken, refreshToken } = await first.join();
    const { body } = await refresh(refreshToken).expect(200);
    expect(body).toMatchObject({ tokenType: 'Bearer', expiresIn: 900 });
    expect(body.refreshToken).not.toBe(refreshToken);
    await first.me(body.accessToken).expect(200);
    await first.me(accessToken).expect(200);
    await refresh(body.refreshToken, second).expect(200);
  });

  it('stores no token in readable form', async () => {
    const { id, refreshToken } = await first.join();
    const { body } = await refresh(refreshToken).expect(200);
    const sessions = first.app.get<Model<Session>>(getModelToken(Session.name));
    const stored = JSON.stringify(await sessions.find({ userId: id }).lean());
    for (const token of [refreshToken, body.refreshToken]) expect(stored).not.toContain(token.split('.')[1]);
  });

  it('gives ten parallel calls over two processes the same answer, and the session continues', async () => {
    const { refreshToken } = await first.join();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => refresh(refreshToken, [first, second][i % 2])),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    await first.me(answers[0]?.body.accessToken).expect(200);
    await refresh(answers[9]?.body.refreshToken).expect(200);
  });

  it('repeats an answer that was lost, also to another address', async () => {
    const { refreshToken } = await first.join();
    const { body: lost } = await refresh(refreshToken).expect(200);
    pass(9 * SECOND);
    const again = second.post('/auth/refresh', { refreshToken }, '198.51.100.9');
    const { body } = await again.expect(200);
    expect(body).toEqual(lost);
  });

  it('returns the current token to a late repetition', async () => {
    const { refreshToken } = await first.join();
    const { body: next } = await refresh(refreshToken).expect(200);
    const { body: current } = await refresh(next.refreshToken).expect(200);
    const { body: late } = await refresh(refreshToken, second).expect(200);
    expect(late.refreshToken).toBe(current.refreshToken);
  });

  it('ends the session if a used token comes after the grace period', async () => {
    const { refreshToken } = await first.join();
    const { body } = await refresh(refreshToken).expect(200);
    pass(11 * SECOND);
    const refused = await refresh(refreshToken, second).expect(401);
    expect(refused.body).toMatchObject({ code: 'invalid_refresh_token' });
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    await first.me(body.accessToken).expect(401);
    await refresh(body.refreshToken).expect(401);
  });

  it('ends the session if a token comes that was used long ago', async () => {
    const joined = await first.join();
    let token = joined.refreshToken;
    for (let times = 0; times < 12; times++) token = (await refresh(token).expect(200)).body.refreshToken;
    pass(11 * SECOND);
    await refresh(joined.refreshToken).expect(401);
    await refresh(token).expect(401);
  });

  it('ends no session for a token that was never issued', async () => {
    const { refreshToken } = await first.join();
    const forged = refreshToken.replace(/\..{8}/, '.AAAAAAAA');
    await refresh(forged).expect(401);
    await refresh('anything').expect(401);
    await refresh(refreshToken).expect(200);
  });

  it('refuses a token that was not used for 30 days; each use restarts the count', async () => {
    const { refreshToken } = await first.join();
    pass(29 * DAY);
    const { body } = await refresh(refreshToken).expect(200);
    pass(58 * DAY);
    const { body: later } = await refresh(body.refreshToken).expect(200);
    pass(89 * DAY);
    await refresh(later.refreshToken).expect(401);
  });

  it('ends a session 90 days after its login, and says in advance when', async () => {
    const { refreshToken, id } = await first.join();
    let token = refreshToken;
    for (const day of [29, 58, 87]) {
      pass(day * DAY);
      token = (await refresh(token).expect(200)).body.refreshToken;
    }
    const sessions = first.app.get<Model<Session>>(getModelToken(Session.name));
    const session = await sessions.findOne({ userId: id }).orFail().lean<Session>();
    expect(session.expiresAt.getTime() - session.createdAt.getTime()).toBe(90 * DAY);
    pass(91 * DAY);
    const { body } = await refresh(token, second).expect(401);
    expect(body).toMatchObject({ code: 'invalid_refresh_token' });
  });

  it('ends a session that was opened under a longer limit', async () => {
    const { refreshToken, id } = await first.join();
    const sessions = first.app.get<Model<Session>>(getModelToken(Session.name));
    await sessions.updateOne({ userId: id }, { createdAt: new Date(Date.now() - 91 * DAY) });
    await refresh(refreshToken).expect(401);
  });

  it('lets MongoDB remove an expired session', async () => {
    const sessions = first.app.get<Model<Session>>(getModelToken(Session.name));
    const indexes = await sessions.collection.indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });

  it('refuses the session of a deleted account', async () => {
    const { id, accessToken, refreshToken } = await first.join();
    await first.app.get<Model<User>>(getModelToken(User.name)).deleteOne({ _id: id });
    await first.me(accessToken).expect(401);
    await refresh(refreshToken).expect(401);
    await first.postAs(accessToken, '/notes').send({ text: 'x' }).expect(401); // by then no route accepts it
  });

  it('refuses the session of a locked account, whose token is good again after the lock', async () => {
    const { id, refreshToken } = await first.join();
    const users = first.app.get<Model<User>>(getModelToken(User.name));
    await users.updateOne({ _id: id }, { lockedAt: new Date() });
    const { body } = await refresh(refreshToken).expect(403);
    expect(body).toMatchObject({ code: 'account_locked' });
    await users.updateOne({ _id: id }, { $unset: { lockedAt: '' } });
    pass(11 * SECOND);
    await refresh(refreshToken).expect(200);
  });

  it.each([
    [{}],
    [{ refreshToken: 7 }],
    [{ refreshToken: { $ne: '' } }],
    [{ refreshToken: 'a'.repeat(4097) }],
  ])('refuses the body %j', async (body) => {
    await first.post('/auth/refresh', body).expect(422);
  });
});
