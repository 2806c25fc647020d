import type { Journal } from '../../../src/journal/journal.service';
import type { RequestDocument } from '../../../src/journal/request-document';
import { until } from '../../support/until';
import { acceptInput, AcceptFixture, MAX_BYTES, MAX_DEPTH, withParts } from './accept-fixture';
import { endedDocument, requestDocument } from '../journal/record-fixture';

let accept: AcceptFixture;
beforeAll(async () => {
  accept = await AcceptFixture.start();
});
afterAll(() => accept.stop());

/** A journal that does something before its first insert. */
const journalThat = (first: (document: RequestDocument) => Promise<unknown>) => {
  let isFirst = true;
  return withParts(accept.journal, {
    insert: async (document, deadline) => {
      if (isFirst) {
        isFirst = false;
        await first(document);
      }
      return accept.journal.insert(document, deadline);
    },
  });
};

/** Records a request as another API process would, before its confirm; Redis may not know it. */
async function onRecord(userId: string, given: Partial<RequestDocument> = {}): Promise<RequestDocument> {
  const document = requestDocument({ userId, shard: accept.queues.shardOf(userId), ...given });
  await accept.requests.insertOne(document);
  return document;
}

const idempotency = { key: 'enqueue:k', bodyHash: 'one body' };

it('an accept answers once the request is recorded and has its place, then confirms it', async () => {
  const userId = accept.newUser();
  const [first, second] = [
    await accept.accepting().accept(acceptInput(userId)),
    await accept.accepting().accept(acceptInput(userId, { tags: ['t'] })),
  ];
  expect(first).toMatchObject({ firstAnswer: { status: 'queued', position: 0 }, replayed: false });
  expect(second).toMatchObject({ firstAnswer: { status: 'queued', position: 1 } });
  expect(second.seq).toBeGreaterThan(first.seq);
  await expect(accept.read(second.requestId)).resolves.toMatchObject({
    ...{
      userId,
      seq: second.seq,
      payload: '{"n":1.10}',
      pending: true,
      status: 'queued',
      token: 0,
      tags: ['t'],
    },
    createdAt: second.createdAt,
  });
  await until('it is confirmed', async () => !('held' in (await accept.job(userId, second.requestId))));
});

it('an accept schedules a request for a later time, and queues one for a past time', async () => {
  const userId = accept.newUser();
  const runAt = Date.now() + 3_600_000;
  const later = await accept.accepting().accept(acceptInput(userId, { runAt }));
  expect(later.firstAnswer).toEqual({ status: 'scheduled' });
  await expect(accept.read(later.requestId)).resolves.toMatchObject({ runAt: new Date(runAt) });
  const past = await accept.accepting().accept(acceptInput(userId, { runAt: 1_000 }));
  expect(past.firstAnswer).toEqual({ status: 'queued', position: 0 });
  await expect(accept.read(past.requestId)).resolves.not.toHaveProperty('runAt');
});

describe('an accept that fails between hold and answer', () => {
  it('says that the outcome is unknown when the insert takes too long, and undoes nothing', async () => {
    const userId = accept.newUser();
    let late: RequestDocument | undefined;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const journal = journalThat(async (document) => {
      late = document;
      await held;
    });
    const answer = accept.accepting({ journal, holdMs: 100 }).accept(acceptInput(userId));
    await expect(answer).rejects.toMatchObject({ code: 'unavailable', headers: { 'retry-after': '1' } });
    await expect(accept.job(userId, late?._id ?? '')).resolves.toHaveProperty('held');
    release();
  });

  it('says that the outcome is unknown when MongoDB refuses', async () => {
    const journal = journalThat(() => Promise.reject(new Error('connection lost')));
    await expect(accept.accepting({ journal }).accept(acceptInput(accept.newUser()))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('refuses once its view has ended, and abandons nothing', async () => {
    const userId = accept.newUser();
    const queues = withParts(accept.queues, {
      permit: (user) => withParts(accept.queues.permit(user), { isValid: () => false }),
    });
    await expect(accept.accepting({ queues }).accept(acceptInput(userId))).rejects.toMatchObject({
      code: 'unavailable',
    });
    const [document] = await accept.requests.find({ userId }).toArray();
    expect(document).toMatchObject({ pending: true, token: 0 });
    await expect(accept.job(userId, document?._id ?? '')).resolves.toHaveProperty('held');
  });

  it('tries again above a seq that another request has', async () => {
    const userId = accept.newUser();
    const journal = journalThat(({ seq }) => onRecord(userId, { seq }));
    const accepted = await accept.accepting({ journal }).accept(acceptInput(userId));
    const [rival] = await accept.requests.find({ userId, _id: { $ne: accepted.requestId } }).toArray();
    expect(accepted.seq).toBeGreaterThan(rival?.seq ?? Infinity);
    await expect(accept.depth(userId)).resolves.toBe(1);
  });

  it('tries again above all ended requests of the same scheduled time, however many', async () => {
    const userId = accept.newUser();
    const runAt = Date.now() + 3_600_000;
    for (let i = 0; i < 12; i++)
      await onRecord(userId, { ...endedDocument(), userId, seq: runAt * 1000 + i });
    const accepted = await accept.accepting().accept(acceptInput(userId, { runAt }));
    expect(accepted.seq).toBe(runAt * 1000 + 12);
  });

  it('gives up if a tombstone has the place', async () => {
    const userId = accept.newUser();
    const journal = journalThat(({ _id: requestId, shard, seq }) =>
      accept.journal.lookUp({ requestId, userId, shard, seq, token: 5, takenBack: undefined }),
    );
    const answer = accept.accepting({ journal }).accept(acceptInput(userId));
    await expect(answer).rejects.toMatchObject({ code: 'unavailable' });
    await expect(accept.requests.find({ userId }).toArray()).resolves.toMatchObject([
      { status: 'abandoned' },
    ]);
  });
});

it('a full queue refuses requests, but repeats earlier answers', async () => {
  const userId = accept.newUser();
  const first = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  const ends = [1_000, 5_000, 9_000].map((ms) => endedDocument({ userId, finishedAt: new Date(ms) }));
  await accept.requests.insertMany(ends);
  await Promise.all(
    Array.from({ length: MAX_DEPTH - 1 }, () => accept.accepting().accept(acceptInput(userId))),
  );
  await expect(accept.accepting().accept(acceptInput(userId))).rejects.toMatchObject({
    code: 'queue_full',
    headers: { 'retry-after': '4' },
  });
  await expect(accept.accepting().accept(acceptInput(userId, { idempotency }))).resolves.toEqual({
    ...first,
    replayed: true,
  });
  const unknown = { ...idempotency, key: 'enqueue:another' };
  await expect(
    accept.accepting().accept(acceptInput(userId, { idempotency: unknown })),
  ).rejects.toMatchObject({
    code: 'queue_full',
  });
});

it('a queue with too many bytes refuses large payloads, but takes small ones, repeats earlier answers, and affects no other user', async () => {
  const userId = accept.newUser();
  const payload = JSON.stringify('x'.repeat(MAX_BYTES / 2));
  const send = (given: Parameters<typeof acceptInput>[1]) =>
    accept.accepting().accept(acceptInput(userId, given));
  const first = await send({ payload, idempotency });
  await expect(send({ payload })).rejects.toMatchObject({
    code: 'queue_full',
    detail: expect.stringContaining('payloads'),
  });
  await expect(send({ payload, idempotency })).resolves.toEqual({ ...first, replayed: true });
  await send({});
  await accept.accepting().accept(acceptInput(accept.newUser(), { payload }));
});

it.each([
  [
    'a request',
    (journal: Journal, userId: string) => accept.accepting({ journal }).accept(acceptInput(userId)),
  ],
  [
    'a batch',
    (journal: Journal, userId: string) =>
      accept.acceptingBatches({ journal }).accept([acceptInput(userId), acceptInput(userId)]),
  ],
])('an insert that waited too long to be sent leaves no place behind: of %s', async (_, accepting) => {
  const userId = accept.newUser();
  const late = withParts(accept.journal, { insert: (document) => accept.journal.insert(document, -1) });
  await expect(accepting(late, userId)).rejects.toMatchObject({ code: 'unavailable' });
  await until('the places are given up', async () => (await accept.queues.snapshot(userId))?.depth === 0);
});
