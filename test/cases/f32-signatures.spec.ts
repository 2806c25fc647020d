/** Every attempt is signed anew, over the bytes that are sent, by the secrets that are good then. */
import { Webhook } from 'standardwebhooks';
import { ended, enqueueText } from '../support/enqueued';
import { ApiUser, AppCluster } from '../support/cluster';
import { httpTarget, StubTarget } from '../support/stub-target';
import { until } from '../support/until';

interface Secret {
  readonly secret: string;
  readonly previousSignsUntil?: string;
}

const BODY = '{"é":"☃","n":1.10,"b":"\\u2028"}';

let cluster: AppCluster;
let target: StubTarget;
let statuses: number[];

beforeAll(async () => {
  cluster = await AppCluster.start();
  target = await httpTarget((call, response) => {
    const status = call.path === '/again' ? (statuses.shift() ?? 200) : 200;
    response.writeHead(status).end();
  });
});
afterAll(async () => {
  await target.close();
  await cluster.stop();
});

const verifies = ({ secret }: Secret, index: number) => {
  const { body, headers } = target.calls[index]!;
  return new Webhook(secret).verify(body.toString(), headers as Record<string, string>);
};

const header = (name: string) => target.calls.map(({ headers }) => headers[name]);

// case F32
it('signs every attempt, also while the secret is rotated', async () => {
  const { url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  const old = await user.get<Secret>('/webhooks/secret');
  statuses = [503, 503, 200];
  const payload = `{"url":"${target.url}/again","body":${BODY}}`;
  const backoff = { type: 'fixed', delayMs: 1100 };
  const text = JSON.stringify({ type: 'http', payload: null, backoff }).replace('null', payload);
  const id = await enqueueText(user, text);
  await until('two attempts have come', () => target.calls.length === 2);
  const rotated = (await (await user.call('POST', '/webhooks/secret/rotate')).json()) as Secret;
  await ended(user, id);

  expect(target.calls.map(({ body }) => body.toString())).toEqual([BODY, BODY, BODY]);
  expect(header('webhook-id')).toEqual([id, id, id]);
  const times = header('webhook-timestamp').map(Number);
  expect(times[1]).toBeGreaterThan(times[0]!);
  expect(times[2]).toBeGreaterThan(times[1]!);
  for (const index of [0, 1, 2]) expect(verifies(old, index)).toEqual(JSON.parse(BODY));
  expect(verifies(rotated, 2)).toEqual(JSON.parse(BODY));
  expect(() => verifies(rotated, 1)).toThrow('No matching signature');
  expect(header('turnwise-attempt')).toEqual(['1', '2', '3']);
});

it.each([
  ['a string', '"<a>☃</a>"'],
  ['half a surrogate pair', '"\\ud800"'],
  ['nothing', undefined],
])('signs %s as it is sent', async (_what, body) => {
  const { url } = await cluster.process('all');
  const user = await ApiUser.register(url);
  target.calls.length = 0;
  const payload = { url: target.url, ...(body === undefined ? {} : { body: JSON.parse(body) }) };
  await ended(user, await user.enqueue({ type: 'http', payload }));
  const { body: sent, headers } = target.calls[0]!;
  const { secret } = await user.get<Secret>('/webhooks/secret');
  const raw = new Webhook(secret).sign(
    String(headers['webhook-id']),
    new Date(Number(headers['webhook-timestamp']) * 1000),
    sent.toString(),
  );
  expect(headers['webhook-signature']).toBe(raw);
});
