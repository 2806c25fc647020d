/** Each attempt gets a new signature over the bytes that are sent, by the secrets that are valid at that time. */
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

/** Parsing and serializing this would change its blanks, numbers and escapes. */
const EXACT =
  '{ "a.b" :1,\t"$set": {"x":  1.10},"big":12345678901234567890,"far":1E400,"zero":-0,\r\n' +
  '"é":"\\u00e9\\u2028\\/\\ud83d\\ude00","2":2,"1":1,"e":{ },"":[ ],"toString":1 }';

let cluster: AppCluster;
let url: string;
let target: StubTarget;
/** The status for the n-th call of `/again`. */
let again: (n: number) => Promise<number>;

beforeAll(async () => {
  cluster = await AppCluster.start();
  ({ url } = await cluster.process('all'));
  target = await httpTarget(({ path }, response) => {
    const answer = path === '/again' ? again(target.calls.length) : Promise.resolve(200);
    void answer.then((status) => response.writeHead(status).end());
  });
});
beforeEach(() => {
  target.calls.length = 0;
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

it('every attempt is signed, also while the secret is rotated', async () => {
  const user = await ApiUser.register(url);
  const old = await user.get<Secret>('/webhooks/secret');
  let rotated: Secret | undefined;
  again = async (n) => {
    if (n === 2) rotated = (await (await user.call('POST', '/webhooks/secret/rotate')).json()) as Secret;
    return n === 3 ? 200 : 503;
  };
  const payload = `{"url":"${target.url}/again","body":${BODY}}`;
  const backoff = { type: 'fixed', delayMs: 1100 };
  const text = JSON.stringify({ type: 'http', payload: null, backoff }).replace('null', payload);
  const id = await enqueueText(user, text);
  await ended(user, id);

  expect(target.calls.map(({ body }) => body.toString())).toEqual([BODY, BODY, BODY]);
  expect(header('webhook-id')).toEqual([id, id, id]);
  const times = header('webhook-timestamp').map(Number);
  expect(times[1]).toBeGreaterThan(times[0]!);
  expect(times[2]).toBeGreaterThan(times[1]!);
  for (const index of [0, 1, 2]) expect(verifies(old, index)).toEqual(JSON.parse(BODY));
  expect(verifies(rotated!, 2)).toEqual(JSON.parse(BODY));
  expect(() => verifies(rotated!, 1)).toThrow('No matching signature');
  expect(header('turnwise-attempt')).toEqual(['1', '2', '3']);
});

it.each([
  ['a string', '"<a>☃</a>"'],
  ['half a surrogate pair', '"\\ud800"'],
  ['nothing', undefined],
])('a delivery signs %s as it is sent', async (_what, body) => {
  const user = await ApiUser.register(url);
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

it('a delivery sends the bytes that were accepted, also after Redis was lost', async () => {
  const user = await ApiUser.register(url);
  await user.does('POST', '/queue/pause');
  const http = await enqueueText(user, `{"type":"http","payload":{"url":"${target.url}","body":${EXACT}}}`);
  const echo = await enqueueText(user, `{"type":"echo","payload":${EXACT}}`);
  await cluster.redis.client().flushall();
  await until('both are back', async () => (await user.get<{ depth: number }>('/queue')).depth === 2);
  expect(target.calls).toEqual([]);
  await user.does('POST', '/queue/resume');
  expect((await ended(user, http)).status).toBe('succeeded');
  expect(target.calls.map(({ body }) => body.toString())).toEqual([EXACT]);
  await ended(user, echo);
  expect(await (await user.call('GET', `/requests/${echo}`)).text()).toContain(`"result":${EXACT}`);
});
