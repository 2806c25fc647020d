import { getModelToken } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Webhook } from 'standardwebhooks';
import { DeliverySigner } from '../../../src/handlers/http/delivery-signer';
import { SecretSeal } from '../../../src/webhooks/secrets/secret-seal';
import { WebhookSecrets } from '../../../src/webhooks/secrets/webhook-secrets.schema';
import { ApiUser } from '../../support/cluster';
import { problem } from '../../support/problem';
import { startTestApp, TestApp } from '../../support/test-app';

interface Secret {
  readonly secret: string;
  readonly createdAt: string;
  readonly previousSignsUntil?: string;
}

let app: TestApp;
let user: ApiUser;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  user = await ApiUser.register(app.url);
});
afterAll(() => app.close());

const stored = () =>
  app.app.get<{ collection: Collection<WebhookSecrets> }>(getModelToken(WebhookSecrets.name)).collection;
const secret = () => user.get<Secret>('/webhooks/secret');
const rotate = async () => (await (await user.call('POST', '/webhooks/secret/rotate')).json()) as Secret;
const idOf = async () => (await user.get<{ id: string }>('/auth/me')).id;

/** The secrets of a list that have signed a delivery. */
async function signers(secrets: readonly string[]): Promise<number[]> {
  const body = Buffer.from('{}');
  const delivery = { userId: await idOf(), deliveryId: 'd1', body };
  const flat = await app.app.get(DeliverySigner).sign(delivery, new AbortController().signal);
  const headers = Object.fromEntries(
    flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : [])),
  );
  return secrets.flatMap((each, i) => {
    try {
      new Webhook(each).verify('{}', headers);
      return [i];
    } catch {
      return [];
    }
  });
}

it('the first use creates a secret, and parallel calls create one only', async () => {
  const asked = await Promise.all(Array.from({ length: 10 }, secret));
  expect(new Set(asked.map((each) => each.secret)).size).toBe(1);
  expect(asked[0]?.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(asked[0]).not.toHaveProperty('previousSignsUntil');
  expect((await secret()).secret).toBe(asked[0]?.secret);
});

it('every user gets their own secret', async () => {
  const other = await ApiUser.register(app.url);
  expect((await other.get<Secret>('/webhooks/secret')).secret).not.toBe((await secret()).secret);
});

it('a rotated secret signs beside the new one for a day', async () => {
  const old = await secret();
  const next = await rotate();
  expect(next.secret).not.toBe(old.secret);
  expect((await secret()).secret).toBe(next.secret);
  const overlap = Date.parse(next.previousSignsUntil ?? '') - Date.parse(next.createdAt);
  expect(overlap).toBe(24 * 3600 * 1000);
  expect(await signers([old.secret, next.secret])).toEqual([0, 1]);
});

it('only the new secret signs after that day', async () => {
  const old = await secret();
  const next = await rotate();
  const past = { $set: { 'secrets.1.signsUntil': new Date(Date.now() - 1) } };
  expect((await stored().updateOne({ _id: await idOf() }, past)).matchedCount).toBe(1);
  expect(await signers([old.secret, next.secret])).toEqual([1]);
  expect(await secret()).not.toHaveProperty('previousSignsUntil');
});

it('a day of rotations keeps every secret, up to five', async () => {
  const all = [(await secret()).secret];
  for (let i = 0; i < 5; i += 1) all.push((await rotate()).secret);
  expect(await signers(all)).toEqual([1, 2, 3, 4, 5]);
});

it('MongoDB stores no secret in readable form', async () => {
  const { secret: shown } = await secret();
  const text = JSON.stringify(await stored().find().toArray());
  expect(text).toContain(await idOf());
  expect(text).not.toContain(shown.slice('whsec_'.length, -4));
});

it('a server with another JWT_SECRET says that the secret is lost, and a rotation repairs it', async () => {
  const id = await idOf();
  await secret();
  const sealed = new SecretSeal({
    jwtSecrets: ['another-secret-of-32-characters-x'],
    sessionMaxMs: 1,
    isRegistrationOpen: true,
  }).close('whsec_eA==', id);
  expect((await stored().updateOne({ _id: id }, { $set: { 'secrets.0.sealed': sealed } })).matchedCount).toBe(
    1,
  );
  const answer = await user.call('GET', '/webhooks/secret');
  expect(await problem(answer)).toMatchObject({ status: 409, code: 'webhook_secret_lost' });
  await expect(signers([])).rejects.toThrow('another JWT_SECRET');
  const next = await rotate();
  expect(await signers([next.secret, 'whsec_eA=='])).toEqual([0]); // the lost secret cannot sign
});

it('a secret that was encrypted for another user is refused', async () => {
  const other = await ApiUser.register(app.url);
  await Promise.all([secret(), other.get('/webhooks/secret')]);
  const [mine, theirs] = [await idOf(), (await other.get<{ id: string }>('/auth/me')).id];
  const { secrets } = (await stored().findOne({ _id: theirs }))!;
  await stored().updateOne({ _id: mine }, { $set: { secrets } });
  expect((await user.call('GET', '/webhooks/secret')).status).toBe(409);
});

it.each(['GET /webhooks/secret', 'POST /webhooks/secret/rotate'])('%s requires a login', async (route) => {
  const [method = '', path = ''] = route.split(' ');
  expect((await fetch(app.url + path, { method })).status).toBe(401);
});
