import { Clock } from '../../../src/common/time/clock';
import type { PendingId } from '../../../src/queue/pending-requests';
import { RetriedRequests } from '../../../src/journal/retried-requests.service';
import { RecordedGauges } from '../../../src/journal/pending-gauges.service';
import { removeAll } from '../../../src/journal/removal';
import { examined } from '../../support/examined';
import { endedDocument, recordFixture, RecordFixture, requestDocument } from './record-fixture';

let record: RecordFixture;
beforeEach(async () => {
  record = await recordFixture();
});
afterEach(() => record.close());

const inOrder = (documents: { userId: string; seq: number }[]) =>
  documents.map(({ userId, seq }) => `${userId} ${seq}`).sort();

it('ofShard gives the pending requests by user and seq, in chunks', async () => {
  const pending = Array.from({ length: 1_200 }, (_, i) => requestDocument({ userId: `u${(i * 7) % 10}` }));
  const others = [requestDocument({ shard: 4 }), endedDocument(), endedDocument({ status: 'abandoned' })];
  await record.requests.insertMany([...pending].reverse().concat(others));
  const chunks: string[][] = [];
  for await (const chunk of record.pending.ofShard(3))
    chunks.push(chunk.map(({ userId, seq }) => `${userId} ${seq}`));
  expect(chunks.map(({ length }) => length)).toEqual([500, 500, 200]);
  expect(chunks.flat()).toEqual(inOrder(pending));
});

it('ofShard and ofUser give each request with what the queue needs', async () => {
  const [notBefore, runAt] = [new Date(1_900_000_000_000), new Date(1_800_000_000_000)];
  const attempts = [1, 2].map((number) => ({
    ...{ number, outcome: 'failed' as const, worker: 'w1', finishedAt: new Date(1_700_000_000_000 + number) },
  }));
  const given = { payload: '{"n":1.10}', attemptsMade: 2, attempts, notBefore, runAt };
  const document = await record.insert(given);
  const { _id, userId, seq, type, payload, options } = document;
  const common = {
    userId,
    requestId: _id,
    seq,
    type,
    payload,
    options,
    attemptsMade: 2,
    doubtful: false,
    lane: 'main',
  };
  const lastEndedAt = +attempts[1]!.finishedAt;
  const times = { notBefore: +notBefore, lastEndedAt, runAt: +runAt, createdAt: +document.createdAt };
  for await (const chunk of record.pending.ofShard(3))
    expect(chunk).toEqual([{ ...common, ...times, doubtful: true }]); // after a rebuild, the first request of each user
  for await (const chunk of record.pending.ofUser(3, userId))
    expect(chunk).toEqual([{ ...common, ...times, doubtful: true }]);
  await expect(record.pending.olderThan(-1_000, undefined, 1)).resolves.toEqual([
    { shard: 3, userId, seq, requestId: _id },
  ]);
});

it('ofShard cuts a chunk short if payloads are large', async () => {
  const payload = JSON.stringify('x'.repeat(250_000));
  await record.requests.insertMany(Array.from({ length: 20 }, () => requestDocument({ payload })));
  const sizes: number[] = [];
  for await (const chunk of record.pending.ofShard(3)) sizes.push(chunk.length);
  expect(sizes).toEqual([17, 3]);
});

it('olderThan returns each request of that age once, over all shards', async () => {
  const old = Array.from({ length: 25 }, (_, i) =>
    requestDocument({ shard: i % 3, userId: `u${i % 4}`, createdAt: new Date(Date.now() - 3_600_000) }),
  );
  await record.requests.insertMany([...old, requestDocument()]);
  const seen: string[] = [];
  for (let after: PendingId | undefined; ;) {
    const page = await record.pending.olderThan(1_800_000, after, 10);
    if (page.length === 0) break;
    seen.push(...page.map(({ requestId }) => requestId));
    // A request that ends and is removed during the walk still marks where the next page begins.
    after = page.at(-1);
    await record.requests.deleteOne({ _id: seen.at(-1) ?? '' });
  }
  expect(seen.slice().sort()).toEqual(old.map(({ _id }) => _id).sort());
});

it("ofShard marks a user's attempted requests as doubtful, and the one after them, which may have been running (P1)", async () => {
  const ATTEMPT = 2 ** 32;
  const of = (userId: string, token: number) => requestDocument({ userId, token });
  const documents = [
    ...[of('u1', ATTEMPT), of('u1', ATTEMPT), of('u1', 0), of('u1', 0), of('u1', ATTEMPT)],
    ...[of('u2', 1), of('u2', 1), of('u2', 0)], // 1: a member of a batch that was counted
  ];
  await record.requests.insertMany(documents);
  const found: boolean[] = [];
  for await (const chunk of record.pending.ofShard(3)) found.push(...chunk.map(({ doubtful }) => doubtful));
  expect(found).toEqual([true, true, true, false, true, true, false, false]);
});

it('ofShard marks the request behind scheduled ones, which may have been running before they were due (P1)', async () => {
  const runAt = new Date(Date.now() + 3_600_000);
  await record.requests.insertMany([
    ...[requestDocument({ runAt }), requestDocument({ runAt }), requestDocument(), requestDocument()],
    requestDocument({ runAt }),
  ]);
  const found: boolean[] = [];
  for await (const chunk of record.pending.ofShard(3)) found.push(...chunk.map(({ doubtful }) => doubtful));
  expect(found).toEqual([true, true, true, false, false]);
});

it('reading the pending requests of a shard uses their index', async () => {
  const { executionStats } = await record.requests
    .find({ shard: 3, pending: true })
    .sort({ shard: 1, userId: 1, seq: 1 })
    .explain('executionStats');
  expect(JSON.stringify(executionStats.executionStages)).not.toMatch(/COLLSCAN|"SORT"/);
});

it('the retention removes ended requests only', async () => {
  const [then, now] = [new Date(1_000), new Date(2_000)];
  const ended = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'].map((_id) =>
    endedDocument({ _id, finishedAt: then }),
  );
  const kept = [requestDocument(), endedDocument({ finishedAt: now })].map((document, i) => ({
    ...document,
    _id: `01900000-0000-7000-8000-00000000000${i + 3}`,
  }));
  await record.requests.insertMany([...ended, ...kept]);
  const before = new Date('2026-01-01T00:00:00Z');
  await record.requests.updateMany(
    { _id: kept[1]?._id ?? '' },
    { $set: { finishedAt: new Date('2026-02-01') } },
  );
  await expect(record.retention.removeEnded(before)).resolves.toBe(2);
  const left = await record.requests.find().sort({ _id: 1 }).toArray();
  expect(left.map(({ _id }) => _id)).toEqual(kept.map(({ _id }) => _id));
});

it('a slow count of the pending requests is used for a hundred times as long as it took', async () => {
  const clock = new Clock();
  const times = jest.spyOn(clock, 'monotonic');
  const countAt = (began: number, tookMs: number) => {
    times.mockReturnValueOnce(began).mockReturnValueOnce(began + tookMs);
    return gauges.pendingRequests();
  };
  const gauges = new RecordedGauges(record.requests, new RetriedRequests(record.requests), clock);
  await record.insert();
  expect(await countAt(0, 10)).toBe(1);
  await record.insert();
  expect(await countAt(20, 100)).toBe(2);
  await record.insert();
  times.mockReset().mockReturnValueOnce(10_000);
  expect(await gauges.pendingRequests()).toBe(2);
  expect(await countAt(10_020, 15_000)).toBe(3); // the driver has waited for a server
  await record.insert();
  expect(await countAt(110_021, 10)).toBe(4);
});

it("the retention uses MongoDB's clock, not that of its process", async () => {
  const HOUR_MS = 3_600_000;
  const ago = (ms: number) => new Date(Date.now() - ms);
  const [old, young] = [ago(2 * HOUR_MS), ago(0)].map((finishedAt) => endedDocument({ finishedAt }));
  const id = '01900000-0000-7000-8000-00000000000';
  await record.requests.insertMany([
    { ...old!, _id: `${id}1` },
    { ...young!, _id: `${id}2` },
  ]);
  jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 400 * 24 * HOUR_MS);
  await expect(record.retention.removeOlder(HOUR_MS)).resolves.toBe(1);
  jest.restoreAllMocks();
  await expect(record.read(`${id}1`)).resolves.toBeNull();
});

it.each([1, 2, 3])('removeAll removes all matches, %d in a call', async (chunk) => {
  const of = (userId: string) => endedDocument({ userId });
  await record.requests.insertMany([of('left'), of('gone'), of('gone'), of('gone'), of('gone')]);
  await expect(removeAll(record.requests, { userId: 'gone' }, 'seq', chunk)).resolves.toBe(4);
  await expect(record.requests.distinct('userId')).resolves.toEqual(['left']);
});

it('removeAll reads what stays once, however many chunks it removes', async () => {
  const stays = Array.from({ length: 5 }, () => endedDocument({ halts: true }));
  const goes = Array.from({ length: 6 }, () => endedDocument());
  await record.requests.insertMany([...stays, ...goes]);
  const filter = { halts: { $exists: false }, _id: { $lt: 'f' } };
  const reads = await examined(record.model.db.db!, 'requests', () =>
    removeAll(record.requests, filter, '_id', 2),
  );
  expect(reads.reduce((sum, docs) => sum + docs)).toBe(11);
  expect(await record.requests.countDocuments()).toBe(5);
});

it('the retention keeps a request that halts its queue until it is dismissed, however old it is', async () => {
  const old = { status: 'failed', finishedAt: new Date('2026-01-01') } as const;
  const halting = endedDocument({ ...old, _id: '01900000-0000-7000-8000-000000000001', halts: true });
  const failed = endedDocument({ ...old, _id: '01900000-0000-7000-8000-000000000002' });
  await record.requests.insertMany([halting, failed]);
  const remove = () => record.retention.removeEnded(new Date('2026-02-01'));
  const left = async () => (await record.requests.find().toArray()).map(({ _id }) => _id);
  await expect(remove()).resolves.toBe(1);
  await expect(left()).resolves.toEqual([halting._id]);
  await record.journal.dismiss(halting._id, 'u1', 0);
  await expect(remove()).resolves.toBe(1);
  await expect(left()).resolves.toEqual([]);
});

it('controlsOf gives the last of several requests that halt a queue, with its settings', async () => {
  await record.queues.change('u1', 3, { onFailure: 'halt' });
  const halting = [9, 5].map((token) => endedDocument({ status: 'failed', halts: true, token }));
  await record.requests.insertMany(halting);
  const found: unknown[] = [];
  for await (const chunk of record.pending.controlsOf(3)) found.push(...chunk);
  expect(found).toMatchObject([{ userId: 'u1', halting: 9 }]);
});

it('the retention keeps a failure until the requests behind it are cancelled', async () => {
  const owing = endedDocument({ status: 'failed', finishedAt: new Date('2026-01-01'), cancelsRest: true });
  await record.requests.insertOne(owing);
  const remove = () => record.retention.removeEnded(new Date('2100-01-01'));
  await expect(remove()).resolves.toBe(0);
  await record.purges.restIsCancelled(owing._id);
  await expect(remove()).resolves.toBe(1);
});
