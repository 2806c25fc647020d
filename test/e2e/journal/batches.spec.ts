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

it('gives its members ids of their own, the shape of all others', () => {
  expect(memberId(batch.id, 249)).toBe('019cb0a4-7a4e-7c3e-9d57-2f4f7a1f60f9');
  expect(new Set(memberIds({ ...batch, n: 250 })).size).toBe(250);
});

it('runs a member of a whole batch, and protects the others', async () => {
  const documents = members();
  await record.requests.insertMany(documents);
  await expect(record.journal.lookUp(lookUpOf(documents[1]!))).resolves.toMatchObject({ kind: 'run' });
  for (const { _id } of documents) await expect(record.journal.abandon(_id)).resolves.toBe(false);
});

it.each([0, 1, 2])(
  'runs no member of a batch that lacks its member %i, and keeps that out',
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

it('gives up several batches of a user with missing members: no tombstone conflicts with another', async () => {
  for (const own of [batch, { ...batch, id: v7() }]) {
    const [missing, there] = memberIds(own).map((_id) => requestDocument({ _id, batch: own }));
    await record.requests.insertOne(there!);
    await expect(record.journal.lookUp(lookUpOf(there!))).resolves.toMatchObject({ kind: 'ended' });
    await expect(record.journal.insert(missing!)).resolves.toBe('duplicate_id');
  }
});

it('looks again when the missing member comes while its tombstone is sent', async () => {
  const documents = members();
  await record.requests.insertMany(documents.slice(1));
  const lookUp = record.journal.lookUp(lookUpOf(documents[1]!));
  const insert = record.journal.insert(documents[0]!);
  const [found, inserted] = await Promise.all([lookUp, insert]);
  const whole = inserted === 'inserted';
  expect(found).toMatchObject(whole ? { kind: 'run' } : { kind: 'ended' });
  await expect(statuses()).resolves.toEqual(Array(3).fill(whole ? 'queued' : 'abandoned'));
});

it('does not count the members of a batch that was answered for: some may be gone by now', async () => {
  const [document] = members({ token: 1 });
  await record.requests.insertOne(document!);
  await expect(record.journal.lookUp(lookUpOf(document!))).resolves.toMatchObject({ kind: 'run' });
});

it('looks up the members of an unprotected batch after a loss of Redis', async () => {
  const [uncounted, counted] = members();
  await record.requests.insertMany([uncounted!, { ...counted!, token: 1 }]);
  for await (const chunk of record.pending.ofShard(3))
    expect(chunk.map(({ doubtful }) => doubtful)).toEqual([true, false]);
});

it('is protected or given up as a whole, whichever write is first', async () => {
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
