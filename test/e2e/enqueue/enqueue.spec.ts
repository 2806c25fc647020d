import request from 'supertest';
import { until } from '../../support/until';
import { ApiFixture, ApiUser } from '../requests/api-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  // The test makes so many calls at once that a hold must last longer than in other tests.
  api = await ApiFixture.start();
  user = await api.user();
});
afterAll(() => api.stop());

const echo = { type: 'echo', payload: { n: 1 } };

it('POST /enqueue accepts a request, and says where to read it', async () => {
  const { body, headers } = await user.enqueue({ ...echo, tags: ['t'], maxAttempts: 2 }).expect(202);
  expect(body).toEqual({
    id: expect.stringMatching(/^[A-Za-z0-9_-]+$/),
    seq: expect.any(Number),
    type: 'echo',
    status: 'queued',
    position: 0,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect(headers.location).toBe(`/requests/${body.id}`);
  expect(headers).not.toHaveProperty('idempotent-replayed');
  const read = await user.get(headers.location ?? '').expect(200);
  expect(read.body).toMatchObject({ id: body.id, tags: ['t'], maxAttempts: 2, attempts: [] });
});

it('POST /enqueue keeps the payload exactly as it was written', async () => {
  const payload =
    '{"a.b":1,"$set":{"x":1},"e":{},"l":[{},[],null],"d":"2026-01-01T00:00:00Z","_id":"x","toString":1,' +
    '"length":3,"":"empty key","n":1.10, "constructor" : 1,"big":12345678901234567890}';
  const { body } = await user.enqueue(`{"type":"echo","payload":${payload}}`).expect(202);
  const one = await user.get(`/requests/${body.id}`).expect(200);
  expect(one.text).toContain(`"payload":${payload}`);
  const list = await user.get('/requests?limit=1').expect(200);
  expect(list.text).toContain(`"payload":${payload}`);
});

it.each(['null', '0', '"text"', '[]', 'false'])('POST /enqueue takes the payload %s', async (payload) => {
  const { body } = await user.enqueue(`{"type":"echo","payload":${payload}}`).expect(202);
  expect((await user.get(`/requests/${body.id}`)).text).toContain(`"payload":${payload},`);
});

it('POST /enqueue checks the credential before it reads the body', async () => {
  const call = request(await api.app.getUrl()).post('/enqueue');
  await call.send({ nonsense: true }).expect(401);
});

it('POST /enqueue schedules for a time, or after a delay', async () => {
  const delayed = await user.enqueue({ ...echo, delayMs: 2_592_000_000 }).expect(202);
  expect(delayed.body).toMatchObject({ status: 'scheduled' });
  expect(delayed.body).not.toHaveProperty('position');
  // Both times are from the same clock: that of the Redis server.
  const { body: counted } = await user.get(`/requests/${delayed.body.id}`).expect(200);
  expect(Date.parse(counted.runAt) - Date.parse(counted.createdAt)).toBe(2_592_000_000);
  const runAt = new Date(Date.now() + 3_600_000).toISOString();
  const { body } = await user.enqueue({ ...echo, runAt }).expect(202);
  const read = await user.get(`/requests/${body.id}`).expect(200);
  expect(read.body).toMatchObject({ status: 'scheduled', runAt });
});

describe('Idempotency-Key', () => {
  const key = (value: string) => ({ 'idempotency-key': value });

  it('gives the same answer to the same body, however it is written', async () => {
    const first = await user.enqueue('{"type":"echo","payload":{"a":1,"b":2}}', key('k1')).expect(202);
    const again = await user.enqueue('{"payload": {"b":2, "a":1}, "type":"echo"}', key('k1')).expect(202);
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({
      'idempotent-replayed': 'true',
      location: `/requests/${first.body.id}`,
    });
  });

  it('gives fifty parallel calls on two processes one request and one answer', async () => {
    const shopper = await api.user();
    const both = [shopper, shopper.at(await api.another())];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => both[i % 2]!.enqueue(echo, key('once'))),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    const { id } = answers[0]!.body;
    expect(new Set(answers.map(({ headers }) => headers['location']))).toEqual(new Set([`/requests/${id}`]));
    const replayed = answers.map(({ headers }) => headers['idempotent-replayed']).filter(Boolean);
    expect(replayed).toEqual(Array.from({ length: 49 }, () => 'true'));
    expect((await shopper.get('/queue').expect(200)).body).toMatchObject({ depth: 1 });
    expect(await shopper.allPages('')).toEqual([id]);
  });

  it('refuses another body for the same key, and an invalid key', async () => {
    await user.enqueue('{"type":"echo","payload":1}', key('k2')).expect(202);
    const reused = await user.enqueue('{"type":"echo","payload":1.0}', key('k2')).expect(422);
    expect(reused.body.code).toBe('idempotency_key_reused');
    const bad = await user.enqueue(echo, key('x'.repeat(256))).expect(400);
    expect(bad.body.code).toBe('invalid_idempotency_key');
    const two = { 'idempotency-key': ['k3', 'k4'] as unknown as string };
    expect((await user.enqueue(echo, two).expect(400)).body.code).toBe('invalid_idempotency_key');
  });

  it('stays unused after a refusal, and belongs to one user', async () => {
    await user.enqueue({ type: 'nobody', payload: 1 }, key('k3')).expect(422);
    const mine = await user.enqueue(echo, key('k3')).expect(202);
    const other = await (await api.user()).enqueue(echo, key('k3')).expect(202);
    expect(other.body.id).not.toBe(mine.body.id);
    expect(other.headers).not.toHaveProperty('idempotent-replayed');
  });
});

describe('Prefer: wait', () => {
  const nextOf = async (known: number) => {
    await until(
      'it is on record',
      async () => (await api.requests.countDocuments({ userId: user.id })) > known,
    );
    const [newest] = await api.requests.find({ userId: user.id }).sort({ createdAt: -1 }).limit(1).toArray();
    return newest?._id ?? '';
  };

  it('answers with the ended request if it ends in time', async () => {
    const known = await api.requests.countDocuments({ userId: user.id });
    const waiting = user.enqueue(echo, { prefer: 'respond-async, wait=30' }).then((answer) => answer);
    await api.end(await nextOf(known));
    const { status, body, headers } = await waiting;
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'succeeded', attempts: [{ number: 1, outcome: 'succeeded' }] });
    expect(headers).toMatchObject({ 'preference-applied': 'wait=30', location: `/requests/${body.id}` });
  });

  it('answers 202 if it does not end in time', async () => {
    const { body, headers } = await user.enqueue(echo, { prefer: 'wait=1' }).expect(202);
    expect(body).toMatchObject({ status: 'queued' });
    expect(headers).not.toHaveProperty('preference-applied');
  });
});
