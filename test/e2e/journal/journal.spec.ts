import { recordFixture, RecordFixture, requestDocument } from './record-fixture';

let record: RecordFixture;
beforeAll(async () => {
  record = await recordFixture();
});
afterAll(() => record.close());

describe('insert', () => {
  it('reports for each document of a batch which unique value is taken', async () => {
    const { journal } = record;
    const first = requestDocument({ userId: 'names', key: 'enqueue:k' });
    await expect(journal.insert(first)).resolves.toBe('inserted');
    const batch = [
      requestDocument({ userId: 'names' }),
      requestDocument({ userId: 'names', key: 'enqueue:k' }),
      requestDocument({ userId: 'names', seq: first.seq }),
      requestDocument({ userId: 'names', _id: first._id }),
      requestDocument({ userId: 'another', key: 'enqueue:k', seq: first.seq }),
    ];
    await expect(Promise.all(batch.map((document) => journal.insert(document)))).resolves.toEqual([
      'inserted',
      'duplicate_key',
      'duplicate_seq',
      'duplicate_id',
      'inserted',
    ]);
  });

  it('does not send a write whose caller has given up', async () => {
    const document = requestDocument();
    await expect(record.journal.insert(document, -1)).resolves.toBe('not_sent');
    await expect(record.read(document._id)).resolves.toBeNull();
  });
});

describe('failAfterCrashes', () => {
  it('fails the request without an attempt', async () => {
    const { _id } = await record.insert();
    const error = { code: 'worker_lost', message: 'its workers have died 3 times' };
    const failure = {
      requestId: _id,
      token: 4,
      error,
      policy: 'halt',
      finishedAt: 1_900_000_000_000,
    } as const;
    await expect(record.journal.failAfterCrashes(failure)).resolves.toEqual({ kind: 'recorded' });
    await expect(record.journal.failAfterCrashes(failure)).resolves.toEqual({ kind: 'recorded' });
    await expect(record.read(_id)).resolves.toMatchObject({
      status: 'failed',
      halts: true,
      error,
      attempts: [],
      attemptsMade: 0,
    });
  });
});

describe('abandon and protect', () => {
  it('abandons a request that was neither started nor acknowledged, and frees its key', async () => {
    const { _id, userId } = await record.insert({ key: 'enqueue:free' });
    await expect(record.journal.abandon(_id)).resolves.toBe(true);
    expect(await record.read(_id)).toMatchObject({ status: 'abandoned', abandonedAt: expect.any(Date) });
    await expect(record.journal.insert(requestDocument({ userId, key: 'enqueue:free' }))).resolves.toBe(
      'inserted',
    );
    await expect(record.journal.protect(_id)).resolves.toBe(false);
  });

  it('never abandons a protected request, and keeps a higher token', async () => {
    const [fresh, started] = [await record.insert(), await record.insert({ token: 12 })];
    await expect(record.journal.protect(fresh._id)).resolves.toBe(true);
    await expect(record.journal.protect(started._id)).resolves.toBe(true);
    await expect(record.journal.abandon(fresh._id)).resolves.toBe(false);
    await expect(record.read(fresh._id)).resolves.toMatchObject({ token: 1, pending: true });
    await expect(record.read(started._id)).resolves.toMatchObject({ token: 12 });
  });
});
