import { v7 } from 'uuid';
import { memberId, memberIds } from '../../../src/journal/batches';
import type { RequestDocument } from '../../../src/journal/request-document';
import { recordFixture, RecordFixture, requestDocument } from './record-fixture';

let record: RecordFixture;
beforeEach(async () => {
  record = await recordFixture();
});
afterEach(() => record.close());

const batch = { id: '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11', n: 3 };
const members = (given: Partial<RequestDocument> = {}) =>
  memberIds(batch).map((_id) => requestDocument({ _id, batch, ...given }));
const lookUpOf = ({ _id, userId, shard, seq }: RequestDocument) => ({
  ...{ requestId: _id, userId, shard, seq, token: 7 },
  takenBack: undefined,
});
const statuses = async () =>
  (await record.requests.find().sort({ _id: 1 }).toArray()).map(({ status }) => status);

it('the members of a batch have different IDs in the common format', () => {
  expect(memberId(batch.id, 249)).toBe('019cb0a4-7a4e-7c3e-9d57-2f4f7a1f60f9');
  expect(new Set(memberIds({ ...batch, n: 250 })).size).toBe(250);
});

it('a look-up runs a member of a complete batch, and protects the others', async () => {
  const documents = members();
  await record.requests.insertMany(documents);
  await expect(record.journal.lookUp(lookUpOf(documents[1]!))).resolves.toMatchObject({ kind: 'run' });
  for (const { _id } of documents) await expect(record.journal.abandon(_id)).resolves.toBe(false);
});

it.each([0, 1, 2])(
  'a look-up runs no member of a batch without its member %i, which can no longer be inserted',
  async (missing) => {
    const documents = members();
    const others = documents.filter((_, i) => i !== missing);
    await record.requests.insertMany(others);
    await expect(record.journal.lookUp(lookUpOf(others[0]!))).resolves.toMatchObject({
      kind: 'ended',
      state: { status: 'abandoned' },
    });
    await expect(record.journal.insert(documents[missing]!)).resolves.toBe('duplicate_id');
    await expect(statuses()).resolves.toEqual(['abandoned', 'abandoned', 'abandoned']);
  },
);

it('the tombstones of several incomplete batches of a user do not conflict', async () => {
  for (const own of [batch, { ...batch, id: v7() }]) {
    const [missing, there] = memberIds(own).map((_id) => requestDocument({ _id, batch: own }));
    await record.requests.insertOne(there!);
    await expect(record.journal.lookUp(lookUpOf(there!))).resolves.toMatchObject({ kind: 'ended' });
    await expect(record.journal.insert(missing!)).resolves.toBe('duplicate_id');
  }
});

it('a look-up decides for the whole batch if the missing member arrives while its tombstone is written', async () => {
  const documents = members();
  await record.requests.insertMany(documents.slice(1));
  const lookUp = record.journal.lookUp(lookUpOf(documents[1]!));
  const insert = record.journal.insert(documents[0]!);
  const [found, inserted] = await Promise.all([lookUp, insert]);
  const whole = inserted === 'inserted';
  expect(found).toMatchObject(whole ? { kind: 'run' } : { kind: 'ended' });
  await expect(statuses()).resolves.toEqual(Array(3).fill(whole ? 'queued' : 'abandoned'));
});

it('a look-up does not count the members of an acknowledged batch: some may be removed', async () => {
  const [document] = members({ token: 1 });
  await record.requests.insertOne(document!);
  await expect(record.journal.lookUp(lookUpOf(document!))).resolves.toMatchObject({ kind: 'run' });
});

it('the members of an unprotected batch are doubtful after a loss of Redis', async () => {
  const [uncounted, counted] = members();
  await record.requests.insertMany([uncounted!, { ...counted!, token: 1 }]);
  for await (const chunk of record.pending.ofShard(3))
    expect(chunk.map(({ doubtful }) => doubtful)).toEqual([true, false]);
});

it('a batch is protected or given up as a whole, whichever write is first', async () => {
  for (let i = 0; i < 30; i++) {
    const own = { ...batch, id: v7() };
    const ids = memberIds(own);
    await record.requests.insertMany(ids.map((_id) => requestDocument({ _id, batch: own })));
    const { batches } = record.journal;
    const [isGivenUp, resolved] = await Promise.all([batches.giveUp(own), batches.resolve(own, 'u1')]);
    const documents = await record.requests.find({ _id: { $in: ids } }).toArray();
    const status = isGivenUp ? 'abandoned' : 'queued';
    expect(documents.map((each) => each.status)).toEqual([status, status, status]);
    expect(resolved).toBe(isGivenUp ? 'dead' : 'whole');
  }
});
