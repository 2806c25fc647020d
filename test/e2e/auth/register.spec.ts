import type { Model } from 'mongoose';
import { getModelToken } from '@nestjs/mongoose';
import { User } from '../../../src/users/user.schema';
import { AuthApp, newAccount } from '../../support/auth-app';
import { AuthStores } from '../../support/auth-stores';

describe('POST /auth/register', () => {
  let stores: AuthStores;
  let first: AuthApp;
  let second: AuthApp;
  let users: Model<User>;
  beforeAll(async () => {
    stores = await AuthStores.start();
    first = await stores.startApp();
    second = await stores.startApp();
    users = first.app.get<Model<User>>(getModelToken(User.name));
  });
  afterAll(() => stores.stop());

  it('returns the account without its password', async () => {
    const account = { ...newAccount(), name: ' Ada ' };
    const { body } = await first.post('/auth/register', account).expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
      email: account.email,
      name: 'Ada',
      role: 'user',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const stored = await users.findById(body.id).lean<User>();
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(stored)).not.toContain(account.password);
  });

  it('keeps the spelling of the address, and returns null if there is no name', async () => {
    const { email, password } = newAccount();
    const written = email.toUpperCase();
    const { body } = await first.post('/auth/register', { email: `  ${written} `, password }).expect(201);
    expect(body).toMatchObject({ email: written, name: null });
  });

  it('creates one account for one address in 20 parallel spellings over two processes', async () => {
    const { email, password } = newAccount();
    const spellings = [email, email.toUpperCase(), ` ${email}`, `${email}\t`, email.replace('e', 'E')];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        [first, second][i % 2]!.post('/auth/register', { email: spellings[i % spellings.length], password }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ code: 'email_taken' });
  });

  it.each(['\ud800@example.com', 'a\udfffb@example.com', 'a@exam\ud800ple.com'])(
    'refuses the email %s with half a surrogate pair; so does a login',
    async (email) => {
      for (const route of ['/auth/register', '/auth/login']) {
        const answer = await first.post(route, { ...newAccount(), email }).expect(422);
        expect(answer.body.errors).toMatchObject([{ pointer: '/email', code: 'is_email' }]);
      }
    },
  );

  it.each(['password', 'name'])(
    'refuses a %s with half a surrogate pair, which looks like another one',
    async (field) => {
      const account = { ...newAccount(), [field]: '\ud800'.repeat(12) };
      const { body } = await first.post('/auth/register', account).expect(422);
      expect(body.errors).toMatchObject([{ pointer: `/${field}`, code: 'is_well_formed' }]);
    },
  );

  it.each(['role', 'isAdmin', '_id', 'id', 'limits', 'tokenVersion', 'createdAt', 'passwordHash'])(
    'refuses the undeclared field %s by name',
    async (field) => {
      const { body } = await first.post('/auth/register', { ...newAccount(), [field]: 'admin' }).expect(422);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ pointer: `/${field}` }] });
    },
  );

  it.each([
    ['an invalid email', { email: 'ada' }, '/email'],
    ['an operator for an email', { email: { $gt: '' } }, '/email'],
    ['a list for an email', { email: ['ada@example.com'] }, '/email'],
    ['a short password', { password: 'a'.repeat(11) }, '/password'],
    ['a long password', { password: 'a'.repeat(129) }, '/password'],
    ['a common password', { password: 'qwertyQWERTY' }, '/password'],
    ['a number for a password', { password: 123456789012 }, '/password'],
    ['a blank name', { name: '   ' }, '/name'],
    ['a long name', { name: 'a'.repeat(101) }, '/name'],
    ['a name that is null', { name: null }, '/name'],
  ])('refuses %s', async (_name, fields, pointer) => {
    const { body } = await first.post('/auth/register', { ...newAccount(), ...fields }).expect(422);
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(JSON.stringify(body)).not.toContain('a'.repeat(11));
  });

  it.each([12, 128])('accepts a password of %i characters', async (length) => {
    await first.post('/auth/register', { ...newAccount(), password: 'ä'.repeat(length) }).expect(201);
  });
});
