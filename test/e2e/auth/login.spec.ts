import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import request from 'supertest';
import { PasswordHasher } from '../../../src/auth/passwords/password-hasher';
import { Session } from '../../../src/auth/credentials/session.schema';
import { CredentialEnds } from '../../../src/auth/credentials/credential-ends.service';
import { User } from '../../../src/users/user.schema';
import { AuthApp, newAccount, newAddress } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

describe('POST /auth/login', () => {
  let stores: AuthStores;
  let app: AuthApp;
  beforeAll(async () => {
    stores = await AuthStores.start();
    app = await stores.startApp();
  });
  afterAll(() => stores.stop());
  afterEach(() => jest.restoreAllMocks());

  it('returns the tokens of a new session', async () => {
    const { email, password } = await app.register();
    const { body } = await app
      .post('/auth/login', { email: ` ${email.toUpperCase()} `, password })
      .expect(200);
    expect(body).toEqual({
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      tokenType: 'Bearer',
      expiresIn: 900,
      refreshToken: expect.any(String),
    });
    const { body: me } = await app.me(body.accessToken).expect(200);
    expect(me).toMatchObject({ email, role: 'user' });
    const claims = JSON.parse(Buffer.from(body.accessToken.split('.')[1], 'base64url').toString());
    expect(Object.keys(claims).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'sid', 'sub']);
    expect(claims).toMatchObject({ sub: me.id, exp: claims.iat + 900 });
  });

  it('answers a wrong password and an unknown account alike', async () => {
    const { email } = await app.register();
    const known = await app.post('/auth/login', { email, password: 'wrong' }, newAddress()).expect(401);
    const unknown = await app
      .post('/auth/login', { email: newAccount().email, password: 'wrong' }, newAddress())
      .expect(401);
    expect(known.body).toMatchObject({ code: 'invalid_credentials' });
    const comparable = ({ body, headers }: request.Response) => ({
      body: { ...body, callId: '' },
      headers: { ...headers, 'x-request-id': '', date: '' },
    });
    expect(comparable(unknown)).toEqual(comparable(known));
  });

  it.each([
    ['operators', { email: { $gt: '' }, password: { $gt: '' } }],
    ['lists', { email: ['ada@example.com'], password: ['correct horse battery'] }],
    ['numbers', { email: 1, password: 2 }],
    ['nulls', { email: null, password: null }],
    ['nothing', {}],
    ['an endless password', { ...newAccount(), password: 'a'.repeat(7_000) }],
  ])('refuses a body with %s', async (_name, body) => {
    await app.post('/auth/login', body, newAddress()).expect(422);
  });

  it('refuses a form', async () => {
    const form = request(app.url).post('/auth/login').type('form').send('email[$ne]=&password[$ne]=');
    await form.expect(415);
  });

  it('creates no session for an account that was deleted while its password was verified', async () => {
    const account = await app.register();
    const users = app.app.get<Model<User>>(getModelToken(User.name));
    const { _id } = (await users.findOne({ email: account.email }).lean<User>())!;
    jest.spyOn(app.app.get(PasswordHasher), 'matches').mockImplementationOnce(async () => {
      await users.deleteOne({ _id });
      await app.app.get(CredentialEnds, { strict: false }).sessionsOf(_id);
      return true;
    });
    await app.post('/auth/login', account, newAddress()).expect(401);
    const sessions = app.app.get<Model<Session>>(getModelToken(Session.name));
    await expect(sessions.countDocuments({ userId: _id })).resolves.toBe(0);
  });
});
