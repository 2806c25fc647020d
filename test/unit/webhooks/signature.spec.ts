import { Webhook } from 'standardwebhooks';
import { newSecret, signatureHeaders } from '../../../src/webhooks/signature';

const headersOf = (flat: readonly string[]) =>
  Object.fromEntries(flat.flatMap((name, i) => (i % 2 === 0 ? [[name, flat[i + 1] ?? '']] : [])));

describe('signatureHeaders', () => {
  it('are verified by the reference implementation, by each of the secrets', () => {
    const secrets = [newSecret(), newSecret()];
    const headers = headersOf(signatureHeaders('d1', Date.now(), Buffer.from('{"a":"\u2603"}'), secrets));
    for (const secret of secrets)
      expect(new Webhook(secret).verify('{"a":"\u2603"}', headers)).toEqual({ a: '\u2603' });
    expect(() => new Webhook(newSecret()).verify('{"a":"\u2603"}', headers)).toThrow();
  });

  it('cover id, time and body', () => {
    const [secret, now, body] = [newSecret(), Date.now(), Buffer.from('{}')];
    const good = headersOf(signatureHeaders('d1', now, body, [secret]));
    const webhook = new Webhook(secret);
    const seconds = String(Number(good['webhook-timestamp']) + 1);
    expect(() => webhook.verify('{} ', good)).toThrow();
    expect(() => webhook.verify('{}', { ...good, 'webhook-id': 'd2' })).toThrow();
    expect(() => webhook.verify('{}', { ...good, 'webhook-timestamp': seconds })).toThrow();
  });

  it('show the time in whole seconds', () => {
    const headers = headersOf(signatureHeaders('d1', 1_764_000_000_999, Buffer.alloc(0), [newSecret()]));
    expect(headers).toMatchObject({ 'webhook-id': 'd1', 'webhook-timestamp': '1764000000' });
  });
});
