/** The delivery that people see is what its target gets. */
import type { TestingModule } from '@nestjs/testing';
import { deliveryView, type SentHeader } from '../../../../src/handlers/http/delivery-view';
import { httpTarget, StubTarget } from '../../../support/stub-target';
import { startHandlers } from '../start-handlers';
import { deliver } from './deliver';

let handlers: TestingModule;
let target: StubTarget;
let sent: string[];
beforeAll(async () => {
  handlers = await startHandlers(['127.0.0.0/8']);
  target = await httpTarget((_call, response, { rawHeaders }) => {
    sent = rawHeaders;
    response.end();
  });
});
afterAll(async () => {
  await handlers.close();
  await target.close();
});

const ids = { requestId: 'r1', userId: 'u1', seq: 7 };
const EACH_ATTEMPT = ['turnwise-attempt', 'turnwise-fencing-token', 'webhook-timestamp', 'webhook-signature'];
const hiddenAs = (headers: readonly SentHeader[], why: string) =>
  headers.filter(({ hidden }) => hidden === why).map(({ name }) => name);

it.each<[string, object, string[]]>([
  ['a body', { body: { total: 1.5 } }, []],
  ['a text with a type', { body: '<a/>', headers: { 'Content-Type': 'text/xml', 'X-Shop': 'ada' } }, []],
  ['no body', { method: 'GET' }, []],
  ['no body, and a length', { method: 'PUT' }, []],
  [
    'secrets',
    { headers: { Authorization: 'Bearer abc', 'X-Api-Key': 'k', cookie: 'c', 'X-Shop': 'ada' } },
    ['Authorization', 'X-Api-Key', 'cookie'],
  ],
])(
  'the shown delivery has every header in order with its value, or says why not: %s',
  async (_, more, secrets) => {
    const payload = { url: `${target.url}/a?b=c`, ...more };
    await deliver(handlers, payload, { ...ids, idempotencyKey: ids.requestId });
    const { method, url, headers } = deliveryView(JSON.stringify(payload), ids);
    expect({ method, url }).toEqual({ method: target.calls.at(-1)!.method, url: payload.url });
    const pairs = Array.from(
      { length: sent.length / 2 },
      (_each, i) => [sent[2 * i]!, sent[2 * i + 1]!] as const,
    );
    const received = pairs.filter(([name]) => name !== 'Connection');
    expect(headers.map(({ name }) => name)).toEqual(received.map(([name]) => name));
    const shown = headers.filter(({ hidden }) => hidden === undefined);
    const names = shown.map(({ name }) => name);
    expect(shown.map(({ name, value }) => [name, value])).toEqual(
      received.filter(([name]) => names.includes(name)),
    );
    expect(hiddenAs(headers, 'each_attempt')).toEqual(EACH_ATTEMPT);
    expect(hiddenAs(headers, 'secret')).toEqual(secrets);
    expect(headers.filter(({ hidden, value }) => hidden !== undefined && value !== null)).toEqual([]);
  },
);
