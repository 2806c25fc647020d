import { createHmac } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import request from 'supertest';
import { AuthApp, Joined } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('access tokens', () => {
  let stores: AuthStores;
  let first: AuthApp;
  let second: AuthApp;
  let owner: Joined;
  let other: Joined;
  let claims: Record<string, unknown>;
  beforeAll(async () => {
    stores = await AuthStores.start();
    first = await stores.startApp();
    second = await stores.startApp();
    owner = await first.join();
    other = await first.join();
    claims = JSON.parse(Buffer.from(owner.accessToken.split('.')[1] ?? '', 'base64url').toString());
  });
  afterAll(() => stores.stop());

  const signed = (changed: object) => {
    const { iss: _iss, aud: _aud, exp: _exp, ...rest } = claims;
    return first.app.get(JwtService).sign({ ...rest, ...changed });
  };

  it('open the routes of other modules to their user', async () => {
    const { body } = await second.postAs(owner.accessToken, '/notes').send({ text: 'x' }).expect(201);
    const credential = { kind: 'session', id: claims.sid, accountId: owner.id };
    expect(body).toEqual({ userId: owner.id, credential, scopes: ['enqueue', 'read', 'manage'], text: 'x' });
  });

  it('are checked before the body is read', async () => {
    const { body, headers } = await request(first.url).post('/notes').send({ wrong: 1 }).expect(401);
    expect(body).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(headers['www-authenticate']).toBe('Bearer');
    await first.postAs(owner.accessToken, '/notes').send({ wrong: 1 }).expect(422);
  });

  it('do not matter for a login, also if they are invalid', async () => {
    const { email, password } = owner;
    const login = request(first.url).post('/auth/login').auth('nonsense', { type: 'bearer' });
    await login.send({ email, password }).expect(200);
  });

  const forgeries: [string, () => string][] = [
    ['nothing', () => ''],
    ['no JWT', () => 'nonsense'],
    ['alg none', () => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(claims)}.`],
    ['alg NONE with the signature', () => owner.accessToken.replace(/^[^.]+/, encoded({ alg: 'NONE' }))],
    ['another HMAC of the right secret', () => signedAs('HS512', first)],
    ['another secret', () => signedBy('another secret, just as long as ours')],
    [
      'changed claims',
      () => owner.accessToken.replace(/\.[^.]+\./, `.${encoded({ ...claims, sub: 'other' })}.`),
    ],
    ['no signature', () => owner.accessToken.replace(/[^.]+$/, '')],
    ['an expired token', () => signed({ iat: Number(claims.iat) - 901 })],
    ['a token of another service', () => signedFor('another-api')],
    ['a session of somebody else', () => signed({ sub: other.id })],
    ['a session that never was', () => signed({ sid: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })],
    ['operators as claims', () => signed({ sid: { $ne: '' } })],
    ['a refresh token', () => owner.refreshToken],
  ];
  it.each(forgeries)('refuse %s', async (_name, token) => {
    await first.me(token()).expect(401);
  });

  it('are accepted unchanged', async () => {
    await first.me(signed({})).expect(200);
  });

  const signedAs = (algorithm: 'HS512', { app }: AuthApp) => {
    const { iss: _iss, aud: _aud, exp: _exp, ...rest } = claims;
    return app.get(JwtService).sign(rest, { algorithm });
  };
  const signedFor = (audience: string) => {
    const { iss: _iss, aud: _aud, exp: _exp, ...rest } = claims;
    return first.app.get(JwtService).sign(rest, { audience });
  };
  const signedBy = (secret: string) => {
    const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
});
