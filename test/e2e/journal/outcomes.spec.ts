import { BSON } from 'mongodb';
import { recordFixture, RecordFixture, attemptRecord } from './record-fixture';

let record: RecordFixture;
beforeAll(async () => {
  record = await recordFixture();
});
afterAll(() => record.close());

describe('recordOutcome', () => {
  it('ends a request once, and keeps its attempt', async () => {
    const { _id } = await record.insert();
    const outcome = { requestId: _id, token: 7, attempt: 1, record: attemptRecord() };
    const then = { kind: 'succeeded', result: '{"n":1.10}' } as const;
    await expect(record.journal.recordOutcome({ ...outcome, then })).resolves.toEqual({ kind: 'recorded' });
    const document = await record.read(_id);
    expect(document).toMatchObject({ status: 'succeeded', token: 7, attemptsMade: 1, result: '{"n":1.10}' });
    expect(document).toMatchObject({ attempts: [outcome.record], startedAt: outcome.record.startedAt });
    expect(document).not.toHaveProperty('pending');
  });

  it('distinguishes its own earlier write from another one', async () => {
    const { _id } = await record.insert();
    const mine = { requestId: _id, token: 7, attempt: 1, record: attemptRecord({ outcome: 'failed' }) };
    const then = { kind: 'retry', notBefore: 1_900_000_000_000 } as const;
    await record.journal.recordOutcome({ ...mine, then });
    await expect(record.journal.recordOutcome({ ...mine, then })).resolves.toEqual({ kind: 'recorded' });
    await expect(record.journal.recordOutcome({ ...mine, token: 6, then })).resolves.toMatchObject({
      kind: 'decided',
      state: {
        pending: true,
        status: 'queued',
        token: 7,
        attemptsMade: 1,
        crashes: 0,
        notBefore: then.notBefore,
      },
    });
    await expect(record.read(_id)).resolves.toHaveProperty('attempts.length', 1);
  });

  it.each(['succeeded', 'failed', 'retry'] as const)(
    'keeps the first outcome, %s, and refuses another one for the same attempt',
    async (first) => {
      const { _id } = await record.insert();
      const attempt = { requestId: _id, token: 7, attempt: 1, record: attemptRecord() };
      const ends = {
        succeeded: { kind: 'succeeded' },
        failed: { kind: 'failed', error: { code: 'boom', message: 'no' } },
        retry: { kind: 'retry', notBefore: 1_900_000_000_000 },
      } as const;
      for (const end of [first, 'succeeded', 'failed', 'retry'] as const)
        expect([end, (await record.journal.recordOutcome({ ...attempt, then: ends[end] })).kind]).toEqual([
          end,
          end === first ? 'recorded' : 'decided',
        ]);
      await expect(record.read(_id)).resolves.toHaveProperty('attempts.length', 1);
    },
  );

  it('decides about each outcome of a batch separately', async () => {
    const [a, b, c] = [await record.insert(), await record.insert({ token: 9 }), await record.insert()];
    const then = { kind: 'failed', error: { code: 'boom', message: 'no' } } as const;
    const outcomes = [a, b, c].map(({ _id }) =>
      record.journal.recordOutcome({ requestId: _id, token: 8, attempt: 1, record: attemptRecord(), then }),
    );
    const missing = { requestId: 'missing', token: 8, attempt: 1, record: attemptRecord(), then };
    expect(await Promise.all([...outcomes, record.journal.recordOutcome(missing)])).toMatchObject([
      { kind: 'recorded' },
      { kind: 'decided', state: { pending: true, token: 9 } },
      { kind: 'recorded' },
      { kind: 'decided', state: undefined },
    ]);
  });

  it('cuts a large result, and marks it', async () => {
    const [large, loud] = [await record.insert(), await record.insert()];
    const result = JSON.stringify('☃'.repeat(6_000_000));
    const error = {
      code: 'boom',
      message: 'é'.repeat(2_500_000),
      details: JSON.stringify('x'.repeat(100_000)),
    };
    await Promise.all([
      record.journal.recordOutcome({
        requestId: large._id,
        token: 1,
        attempt: 1,
        record: attemptRecord(),
        then: { kind: 'succeeded', result },
      }),
      record.journal.recordOutcome({
        requestId: loud._id,
        token: 1,
        attempt: 1,
        record: attemptRecord({ outcome: 'failed', error }),
        then: { kind: 'failed', error },
      }),
    ]);
    const stored = JSON.parse((await record.read(large._id))?.result ?? '');
    expect(stored).toMatchObject({ truncated: true, bytes: 18_000_002 });
    expect(stored.start).toMatch(/^"☃+$/);
    const failed = await record.read(loud._id);
    expect(failed?.error?.message).toMatch(/^é+\.\.\. \[cut, 5000000 bytes in all\]$/);
    expect(JSON.parse(failed?.error?.details ?? '')).toMatchObject({ truncated: true });
    expect(failed?.attempts[0]?.error).toEqual(failed?.error);
  });

  it('keeps fewer attempts the larger they are', async () => {
    const earlier = Array.from({ length: 50 }, (_, i) => attemptRecord({ number: i + 1, outcome: 'failed' }));
    const { _id: requestId } = await record.insert({ attempts: earlier, attemptsMade: 50, token: 1 });
    const fail = async (attempt: number, message: string) => {
      const error = { code: 'boom', message, details: JSON.stringify(message) };
      const ended = attemptRecord({ number: attempt, outcome: 'failed', error });
      const then = { kind: 'retry', notBefore: 0 } as const;
      await record.journal.recordOutcome({ requestId, token: attempt, attempt, record: ended, then });
      return (await record.read(requestId))!.attempts;
    };
    expect(await fail(51, 'short')).toHaveLength(51);
    const long = 'x'.repeat(8_000);
    for (let attempt = 52; attempt < 70; attempt++) await fail(attempt, long);
    const kept = await fail(70, long);
    expect(kept.at(-1)).toMatchObject({ number: 70, error: { message: long } });
    expect(kept.map(({ number }) => number)).toEqual(kept.map((_, i) => 71 - kept.length + i));
    const bytes = BSON.calculateObjectSize({ kept });
    expect([bytes > 200 * 1024, bytes < 260 * 1024]).toEqual([true, true]);
  });

  it('records a hundred outcomes at once, one with a result and one with an error that is too large', async () => {
    const inserted = await Promise.all(Array.from({ length: 100 }, () => record.insert()));
    const [large, loud] = [40, 60];
    const error = { code: 'boom', message: 'é'.repeat(2_500_000) };
    const end = (i: number) =>
      i === loud
        ? ({ kind: 'failed', error } as const)
        : ({
            kind: 'succeeded',
            result: i === large ? JSON.stringify('x'.repeat(17_000_000)) : `{"n":${i}.10}`,
          } as const);
    const writes = jest.spyOn(record.requests, 'bulkWrite');
    const recorded = await Promise.all(
      inserted.map(({ _id }, i) =>
        record.journal.recordOutcome({
          requestId: _id,
          token: 1,
          attempt: 1,
          record: attemptRecord(),
          then: end(i),
        }),
      ),
    );
    // Otherwise the large ones had no neighbours.
    expect(writes.mock.calls.map(([operations]) => operations.length)).toEqual([100]);
    writes.mockRestore();
    expect(recorded).toEqual(inserted.map(() => ({ kind: 'recorded' })));
    const ended = await Promise.all(inserted.map(({ _id }) => record.read(_id)));
    expect(ended.map((each) => each?.status)).toEqual(inserted.map((_, i) => end(i).kind));
    expect(ended.map((each) => each?.result?.slice(0, 20))).toEqual(
      inserted.map((_, i) =>
        i === loud ? undefined : i === large ? '{"truncated":true,"b' : `{"n":${i}.10}`,
      ),
    );
    expect(ended[loud]?.error?.message).toMatch(/\[cut, 5000000 bytes in all\]$/);
  });

  it('keeps the latest 100 attempts', async () => {
    const attempts = Array.from({ length: 100 }, (_, i) => attemptRecord({ number: i + 1 }));
    const { _id } = await record.insert({ attempts, attemptsMade: 100 });
    await record.journal.recordOutcome({
      requestId: _id,
      token: 1,
      attempt: 101,
      record: attemptRecord({ number: 101 }),
      then: { kind: 'succeeded' },
    });
    const kept = (await record.read(_id))?.attempts ?? [];
    expect([kept.length, kept[0]?.number, kept.at(-1)?.number]).toEqual([100, 2, 101]);
  });
});
