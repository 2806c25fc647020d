import { Clock } from '../../../src/common/time/clock';
import { RecordedGauges } from '../../../src/journal/pending-gauges.service';
import type { RequestDocument } from '../../../src/journal/request-document';
import { RetriedRequests } from '../../../src/journal/retried-requests.service';
import { attemptRecord, recordFixture, RecordFixture } from './record-fixture';

const MOST_MS = 2000;
const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));

let record: RecordFixture;
let retried: RetriedRequests;
beforeAll(async () => {
  record = await recordFixture();
  await record.model.init(); // the reads name an index
  retried = new RetriedRequests(record.requests);
});
beforeEach(() => record.requests.deleteMany({}));
afterAll(() => record.close());

/** Lets an attempt that began at that hour fail. */
async function fail({ _id }: RequestDocument, attempt: number, hour: number, isLast = false): Promise<void> {
  const { token } = (await record.read(_id))!;
  await record.journal.recordOutcome({
    ...{ requestId: _id, token: token + 1, attempt },
    record: { ...attemptRecord({ number: attempt, outcome: 'failed' }), startedAt: at(hour) },
    then: isLast
      ? { kind: 'failed', error: { code: 'boom', message: 'no' } }
      : { kind: 'retry', notBefore: at(hour).getTime() },
  });
}
const oldest = async () => new Date((await retried.oldestAt(MOST_MS))!);
const since = async (before: Date) =>
  (await retried.since(before, 10, MOST_MS)).map(({ id, since }) => [id, since]);

it('a request is retried since its first attempt after the last manual retry', async () => {
  const old = await record.insert();
  await fail(old, 1, 1);
  await fail(old, 2, 2);
  expect(await oldest()).toEqual(at(1));
  await fail(old, 3, 3, true);
  const { token, shard } = (await record.read(old._id))!;
  await record.journal.retry(old._id, old.userId, token, shard);
  expect(await retried.count(MOST_MS)).toBe(0);

  const other = await record.insert();
  await fail(other, 1, 10);
  await fail(old, 1, 12);
  await fail(old, 2, 13);
  expect(await retried.count(MOST_MS)).toBe(2);
  expect(await oldest()).toEqual(at(10));
  expect(await since(at(20))).toEqual([
    [other._id, at(10)],
    [old._id, at(12)],
  ]);
  expect(await since(at(11))).toEqual([[other._id, at(10)]]);
  const clock = Object.assign(new Clock(), { wall: () => at(11).getTime() });
  expect(await new RecordedGauges(record.requests, retried, clock).oldestRetryingSeconds()).toBe(3600);
});

it('a retried request of 0.1.0 counts from its very first attempt, until it fails again', async () => {
  const { _id, ...rest } = await record.insert();
  await record.requests.updateOne({ _id }, { $set: { attemptsMade: 2, startedAt: at(1) } });
  expect(await oldest()).toEqual(at(1));
  expect(await since(at(0))).toEqual([[_id, at(1)]]);
  await fail({ _id, ...rest }, 3, 5);
  expect(await oldest()).toEqual(at(5));
});
