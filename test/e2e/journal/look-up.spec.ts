import type { LookUp } from '../../../src/journal/fenced-updates';
import type { RequestDocument } from '../../../src/journal/request-document';
import {
  attemptRecord,
  endedDocument,
  recordFixture,
  RecordFixture,
  requestDocument,
} from './record-fixture';

let record: RecordFixture;
beforeAll(async () => {
  record = await recordFixture();
});
afterAll(() => record.close());

const STARTED_AT = Date.parse('2026-03-01T00:00:00.000Z');

const lookUpOf = ({ _id, userId, shard, seq }: RequestDocument, given: Partial<LookUp> = {}): LookUp => ({
  requestId: _id,
  userId,
  shard,
  seq,
  token: 8,
  takenBack: undefined,
  ...given,
});

it('a look-up claims a pending request for its token, and returns its state', async () => {
  const document = await record.insert({
    token: 5,
    attemptsMade: 2,
    crashes: 1,
    notBefore: new Date(STARTED_AT),
  });
  await expect(record.journal.lookUp(lookUpOf(document))).resolves.toEqual({
    kind: 'run',
    attemptsMade: 2,
    crashes: 1,
    notBefore: STARTED_AT,
    isLost: false,
    lostBy: undefined,
  });
  await expect(record.read(document._id)).resolves.toMatchObject({ token: 8, attempts: [] });
  const older = { requestId: document._id, token: 7, attempt: 3, record: attemptRecord() };
  await expect(
    record.journal.recordOutcome({ ...older, then: { kind: 'succeeded' } }),
  ).resolves.toMatchObject({ kind: 'decided' });
});

it('a look-up counts a crash and records the lost attempt once, however often it is sent', async () => {
  const document = await record.insert({ attemptsMade: 1 });
  const lookUp = lookUpOf(document, { takenBack: { worker: '$w1', startedAt: STARTED_AT } });
  await expect(record.journal.lookUp(lookUp)).resolves.toMatchObject({
    kind: 'run',
    attemptsMade: 1,
    crashes: 1,
    isLost: true,
  });
  await expect(record.journal.lookUp(lookUp)).resolves.toMatchObject({ kind: 'run', crashes: 1 });
  const lost = { number: 2, outcome: 'lost', worker: '$w1', startedAt: new Date(STARTED_AT) };
  expect(await record.read(document._id)).toMatchObject({
    attempts: [lost],
    startedAt: new Date(STARTED_AT),
  });
});

it('a look-up counts no crash for a worker that was lost during its own look-up', async () => {
  const document = await record.insert();
  const takenBack = { worker: 'w1', startedAt: STARTED_AT };
  const second = lookUpOf(document, { token: 5, takenBack: { ...takenBack, lookUpToken: 4 } });
  for (let times = 0; times < 2; times++)
    await expect(record.journal.lookUp(second)).resolves.toMatchObject({ crashes: 0, isLost: false });
  expect(await record.read(document._id)).toMatchObject({ token: 5, attempts: [] });
  expect(await record.read(document._id)).not.toHaveProperty('startedAt');
  const third = lookUpOf(document, { token: 6, takenBack: { ...takenBack, lookUpToken: 5 } });
  await expect(record.journal.lookUp(third)).resolves.toMatchObject({ kind: 'run', crashes: 1 });
});

it.each([
  [3, 'w1'],
  [5, 'w2'],
  [6, 'w3'],
])(
  'a look-up records the last attempt that began, of those whose look-ups may be missing: token %d, %s',
  async (token, worker) => {
    const document = await record.insert({ token });
    const first = { worker: 'w1', startedAt: STARTED_AT };
    const second = { worker: 'w2', startedAt: STARTED_AT + 1, lookUpToken: 4, previous: first };
    const third = { worker: 'w3', startedAt: STARTED_AT + 2, lookUpToken: 6, previous: second };
    for (let times = 0; times < 2; times++)
      await expect(record.journal.lookUp(lookUpOf(document, { takenBack: third }))).resolves.toMatchObject({
        crashes: 1,
        isLost: true,
        worker,
      });
    expect(await record.read(document._id)).toMatchObject({
      token: 8,
      attempts: [{ outcome: 'lost', worker }],
    });
  },
);

const GIVEN_AT = new Date(STARTED_AT);
it.each([
  ['loop_blocked', { worker: 'w1', givenAt: GIVEN_AT }, 1, true],
  ['neighbour_blocked', { worker: 'w1', givenAt: GIVEN_AT }, 0, true],
  ['neighbour_blocked', { worker: 'w2', givenAt: GIVEN_AT }, 1, false],
  ['neighbour_blocked', { worker: 'w1', givenAt: new Date(STARTED_AT - 1) }, 1, false],
] as const)(
  'a look-up records what the worker could report about a loss (%s, %o): crashes %d',
  async (code, of, crashes, isKept) => {
    const document = await record.insert({ trouble: { ...of, code, message: '$why' } });
    const lookUp = lookUpOf(document, { takenBack: { worker: 'w1', startedAt: STARTED_AT } });
    const error = isKept ? { code, message: '$why' } : undefined;
    for (let times = 0; times < 2; times++)
      expect(await record.journal.lookUp(lookUp)).toMatchObject({ isLost: true, crashes, lostBy: error });
    const { attempts, ...left } = (await record.read(document._id))!;
    expect(attempts.map((attempt) => attempt.error)).toEqual([error]);
    expect(left).not.toHaveProperty('trouble');
  },
);

it('a look-up records a lost attempt whose start is unknown', async () => {
  const document = await record.insert();
  await record.journal.lookUp(lookUpOf(document, { takenBack: { worker: 'w1' } }));
  expect((await record.read(document._id))?.attempts).toEqual([{ number: 1, outcome: 'lost', worker: 'w1' }]);
});

it('a look-up counts no crash for a recorded attempt whose start is unknown', async () => {
  const document = await record.insert({
    attempts: [attemptRecord({ token: 5 })],
    attemptsMade: 1,
    token: 5,
  });
  const lookUp = lookUpOf(document, { takenBack: { worker: '' } });
  await expect(record.journal.lookUp(lookUp)).resolves.toMatchObject({
    kind: 'run',
    crashes: 0,
    isLost: false,
  });
  await expect(record.read(document._id)).resolves.toHaveProperty('attempts.length', 1);
});

it('a look-up counts no crash for an attempt that was recorded before its worker died', async () => {
  const document = await record.insert({ attempts: [attemptRecord()], attemptsMade: 1 });
  const lookUp = lookUpOf(document, { takenBack: { worker: 'w1', startedAt: STARTED_AT } });
  await expect(record.journal.lookUp(lookUp)).resolves.toMatchObject({
    kind: 'run',
    attemptsMade: 1,
    crashes: 0,
  });
  await expect(record.read(document._id)).resolves.toHaveProperty('attempts.length', 1);
});

it('a look-up returns how a request has ended', async () => {
  const document = endedDocument({ status: 'cancelled' });
  await record.requests.insertOne(document);
  await expect(record.journal.lookUp(lookUpOf(document))).resolves.toMatchObject({
    kind: 'ended',
    state: { status: 'cancelled' },
  });
});

it('a look-up refuses a token that is lower than the recorded one', async () => {
  const document = await record.insert({ token: 9 });
  await expect(record.journal.lookUp(lookUpOf(document))).resolves.toEqual({ kind: 'late' });
});

it('a look-up writes a tombstone for a missing document, whose late insert fails', async () => {
  const document = requestDocument({ key: 'enqueue:late' });
  await expect(record.journal.lookUp(lookUpOf(document))).resolves.toEqual({ kind: 'missing' });
  await expect(record.journal.insert(document)).resolves.toBe('duplicate_id');
  await expect(record.journal.lookUp(lookUpOf(document))).resolves.toMatchObject({
    kind: 'ended',
    state: { status: 'abandoned' },
  });
  await expect(record.read(document._id)).resolves.not.toHaveProperty('key');
});

it('a look-up writes no tombstone if another request has the seq', async () => {
  const { seq } = await record.insert();
  const document = requestDocument({ seq });
  await expect(record.journal.lookUp(lookUpOf(document))).resolves.toEqual({ kind: 'missing' });
  await expect(record.journal.insert(document)).resolves.toBe('duplicate_seq');
});
