import { Webhook } from 'standardwebhooks';
import { Clock } from '../../../src/common/time/clock';
import type { OpenSecret, SecretStore } from '../../../src/webhooks/secrets/secret-store.service';
import { newSecret } from '../../../src/webhooks/signature';
import { WebhookSigner } from '../../../src/webhooks/webhook-signer.service';
import { partOf } from '../../support/part-of';

const secret = newSecret();
const delivery = { userId: 'u1', deliveryId: 'd1', body: Buffer.from('{}') };
const never = new AbortController().signal;

/** A store whose first reads fail. */
function signer(failures: number, opened: Pick<OpenSecret, 'secret'> = { secret }) {
  let reads = 0;
  const of = async () => {
    reads += 1;
    if (reads <= failures) throw new Error('away');
    return [{ sealed: '', createdAt: new Date(0), ...opened }];
  };
  return { reads: () => reads, signer: new WebhookSigner(partOf<SecretStore>({ of }), new Clock()) };
}

it('the signer waits for a store that is away, because the request has not failed', async () => {
  const { reads, signer: one } = signer(1);
  const flat = await one.sign(delivery, never);
  const headers = Object.fromEntries([0, 2, 4].map((i) => [flat[i]!, flat[i + 1]!]));
  expect(new Webhook(secret).verify('{}', headers)).toEqual({});
  expect(reads()).toBe(2);
});

it('the signer does not wait for a lost secret', async () => {
  const { reads, signer: one } = signer(0, { secret: undefined });
  await expect(one.sign(delivery, never)).rejects.toThrow('another JWT_SECRET');
  expect(reads()).toBe(1);
});

it('the signer waits no longer than its caller', async () => {
  const { signer: one } = signer(Infinity);
  const limit = new AbortController();
  const signed = one.sign(delivery, limit.signal);
  limit.abort();
  await expect(signed).rejects.toMatchObject({ name: 'AbortError' });
});
