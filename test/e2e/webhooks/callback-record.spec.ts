/** The callbacks that are due, as MongoDB stores them. */
import { Clock } from '../../../src/common/time/clock';
import { CALLBACK_INDEX } from '../../../src/journal/callback-state';
import type { RequestDocument } from '../../../src/journal/request-document';
import {
  againFilter,
  CallbackStore,
  DueCallback,
  firstFilter,
} from '../../../src/webhooks/callbacks/callback-store.service';
import { endedDocument, recordFixture, RecordFixture, requestDocument } from '../journal/record-fixture';

const callbackUrl = 'http://example.com/ended';

const done = { attempts: 1, outcome: 'delivered' as const };

let record: RecordFixture;
let store: CallbackStore;
let now: number;

beforeAll(async () => {
  record = await recordFixture();
  const clock = Object.assign(new Clock(), { wall: () => now });
  store = new CallbackStore(record.requests, clock);
});
beforeEach(async () => {
  now = 1_000_000;
  await record.requests.deleteMany({});
});
afterAll(() => record.close());

const insert = async (document: RequestDocument) => {
  await record.requests.insertOne(document);
  return document._id;
};
const lease = async () => (await store.leaseFirst(1_000, [], '')) ?? store.leaseAgain(1_000, []);
const idOf = (due: DueCallback | undefined) => due?.request._id;

it('a callback is leased to one process at a time, until it is recorded or the lease ends', async () => {
  const id = await insert(endedDocument({ callbackUrl }));
  const [due, other] = await Promise.all([lease(), lease()]);
  expect([idOf(due), idOf(other)].sort()).toEqual([id, undefined].sort());
  now += 1_001;
  const again = await lease();
  expect(again).toMatchObject({ url: callbackUrl, attempt: 2 });
  await store.record(again!, { outcome: 'delivered', finishedAt: new Date(now), lastStatus: 200 });
  now += 1_000_000;
  expect(await lease()).toBeUndefined();
});

it.each<[string, RequestDocument]>([
  ['has not ended', requestDocument({ callbackUrl })],
  ['has no callback', endedDocument()],
  [
    'was abandoned',
    { ...endedDocument({ callbackUrl, status: 'abandoned' }), finishedAt: undefined as never },
  ],
  [
    'waits after a failed callback',
    endedDocument({ callbackUrl, callback: { attempts: 1, waitUntil: new Date(2e6) } }),
  ],
  ['is done', endedDocument({ callbackUrl, callback: { attempts: 1, outcome: 'failed' } })],
])('no callback is leased for a request that %s', async (_what, { finishedAt, ...document }) => {
  await insert({ ...document, ...(finishedAt === undefined ? {} : { finishedAt }) });
  expect(await lease()).toBeUndefined();
});

it('no callback is leased for a user with a running one', async () => {
  await insert(endedDocument({ callbackUrl, userId: 'busy' }));
  const id = await insert(endedDocument({ callbackUrl, userId: 'idle' }));
  expect(idOf(await store.leaseFirst(1_000, ['busy'], ''))).toBe(id);
});

it('a request that was retried during its first callback has another callback for its second end', async () => {
  const id = await insert(endedDocument({ callbackUrl, status: 'failed' }));
  const first = await lease();
  await record.journal.retry(id, 'u1', 0, 0);
  await store.record(first!, { outcome: 'delivered', finishedAt: new Date(now) });
  expect(await lease()).toBeUndefined();
  const finishedAt = new Date(2_000_000);
  await record.requests.updateOne({ _id: id }, { $unset: { pending: '' }, $set: { finishedAt } });
  expect(await lease()).toMatchObject({ endedAt: finishedAt, attempt: 1 });
});

it('leasing does not read the callbacks of a skipped user (P5)', async () => {
  const owed = Array.from({ length: 200 }, () => endedDocument({ callbackUrl, userId: 'busy' }));
  await record.requests.insertMany([...owed, endedDocument({ callbackUrl, userId: 'other' })]);
  const { executionStats } = await record.requests
    .find(firstFilter(['busy'], ''))
    .hint(CALLBACK_INDEX)
    .explain('executionStats');
  expect(executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
});

it.each([
  ['a first one', undefined, () => firstFilter([], ''), { userId: 1 }],
  [
    'a repeated one',
    { attempts: 1, waitUntil: new Date(1) },
    () => againFilter(now, []),
    { 'callback.waitUntil': 1 },
  ],
] as const)('leasing a callback reads only those that are due: %s', async (_what, callback, filter, sort) => {
  const many = Array.from({ length: 200 }, (_, i) =>
    i % 2 === 0 ? requestDocument({ callbackUrl }) : endedDocument({ callbackUrl, callback: done }),
  );
  await record.requests.insertMany(many);
  const id = await insert(endedDocument({ callbackUrl, ...(callback && { callback }) }));
  const { executionStats } = await record.requests
    .find(filter())
    .hint(CALLBACK_INDEX)
    .sort(sort)
    .explain('executionStats');
  expect(executionStats).toMatchObject({ nReturned: 1 });
  expect(executionStats.totalKeysExamined).toBeLessThan(10);
  expect(JSON.stringify(executionStats.executionStages)).not.toContain('"SORT"');
  expect(idOf(await lease())).toBe(id);
});

it('a callback that is postponed counts no attempt', async () => {
  await insert(endedDocument({ callbackUrl }));
  await store.putOff((await lease())!, 500);
  expect(await lease()).toBeUndefined();
  now += 500;
  expect(await lease()).toMatchObject({ attempt: 1 });
});

it('the retention keeps a request until its callback is done', async () => {
  const finishedAt = new Date('2026-01-01');
  const old = { finishedAt, callbackUrl };
  const owed = endedDocument({ ...old, _id: '01900000-0000-7000-8000-000000000001' });
  const told = endedDocument({ ...old, _id: '01900000-0000-7000-8000-000000000002', callback: done });
  await record.requests.insertMany([owed, told]);
  expect(await record.retention.removeEnded(new Date('2026-02-01'))).toBe(1);
  expect(await record.read(owed._id)).not.toBeNull();
});
