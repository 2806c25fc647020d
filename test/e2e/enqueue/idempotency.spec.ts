import type { RequestDocument } from '../../../src/journal/request-document';
import type { LeasedJob } from '../../../src/queue/scripts/leased-job';
import { until } from '../../support/until';
import { acceptInput, AcceptFixture, withParts } from './accept-fixture';
import { attemptRecord, endedDocument, requestDocument } from '../journal/record-fixture';

let accept: AcceptFixture;
beforeAll(async () => {
  accept = await AcceptFixture.start();
});
afterAll(() => accept.stop());

/** Records a request as another API process would, before its confirm; Redis may not know it. */
async function onRecord(userId: string, given: Partial<RequestDocument> = {}): Promise<RequestDocument> {
  const document = requestDocument({ userId, shard: accept.queues.shardOf(userId), ...given });
  await accept.requests.insertOne(document);
  return document;
}

/** The user's next request, once it is confirmed. */
async function claimed(userId: string): Promise<LeasedJob> {
  let job: LeasedJob | undefined;
  await until('a request is given', async () => (job = await accept.driver(userId).claim()) !== undefined);
  return job!;
}

const idempotency = { key: 'enqueue:k', bodyHash: 'one body' };

it('parallel calls of two processes with one key accept one request', async () => {
  const userId = accept.newUser();
  const [here, there] = [accept.accepting(), await accept.secondProcess()];
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? here : there).accept(acceptInput(userId, { idempotency }))),
  );
  const first = answers.find(({ replayed }) => !replayed);
  expect(answers.filter(({ replayed }) => replayed)).toHaveLength(19);
  for (const answer of answers) expect(answer).toEqual({ ...first, replayed: answer.replayed });
  await expect(accept.requests.countDocuments({ userId })).resolves.toBe(1);
  await expect(accept.depth(userId)).resolves.toBe(1);
});

it('a repeated answer protects its request', async () => {
  const userId = accept.newUser();
  const { requestId } = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  await accept.accepting().accept(acceptInput(userId, { idempotency }));
  await expect(accept.journal.abandon(requestId)).resolves.toBe(false);
});

it('a key refuses another body', async () => {
  const userId = accept.newUser();
  await accept.accepting().accept(acceptInput(userId, { idempotency }));
  const other = { ...idempotency, bodyHash: 'another body' };
  await expect(accept.accepting().accept(acceptInput(userId, { idempotency: other }))).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
  await expect(accept.depth(userId)).resolves.toBe(1);
});

it('a key repeats the first answer of a request that has ended', async () => {
  const userId = accept.newUser();
  const firstAnswer = { status: 'queued', position: 7 } as const;
  const ended = endedDocument({ userId, ...idempotency, firstAnswer });
  await accept.requests.insertOne(ended);
  const answer = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  expect(answer).toMatchObject({ requestId: ended._id, firstAnswer, replayed: true });
  await expect(accept.depth(userId)).resolves.toBe(0);
});

it('a key repeats the answer of a request whose job was lost, and returns it to its place (P2, P3)', async () => {
  const userId = accept.newUser();
  const first = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  const second = await accept.accepting().accept(acceptInput(userId));
  await accept.lose(userId, first.requestId);
  const answer = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  expect(answer).toEqual({ ...first, replayed: true });
  const given = await claimed(userId);
  expect(given).toMatchObject({ requestId: first.requestId, seq: first.seq, lookUp: 'doubtful' });
  await accept.driver(userId).settle(first.requestId, given.token);
  expect(await claimed(userId)).toMatchObject({ requestId: second.requestId });
});

it('a key repeats the answer of a batch of which a job was lost, and returns that to its place (P2, P3)', async () => {
  const userId = accept.newUser();
  const inputs = [acceptInput(userId, { idempotency }), acceptInput(userId)];
  const [first, second] = await accept.acceptingBatches().accept(inputs);
  await accept.lose(userId, first!.requestId);
  const answers = await accept.acceptingBatches().accept(inputs);
  expect(answers).toEqual([
    { ...first, replayed: true },
    { ...second, replayed: true },
  ]);
  expect(await claimed(userId)).toMatchObject({ requestId: first!.requestId });
});

it.each(['has ended', 'is running'])(
  'a key accepts another request if the first one came too late, and a later one %s (P2)',
  async (how) => {
    const userId = accept.newUser();
    const late = await onRecord(userId, idempotency);
    const { requestId } = await accept.accepting().accept(acceptInput(userId));
    const { token } = await claimed(userId);
    if (how === 'has ended') {
      const then = { kind: 'succeeded' } as const;
      await accept.journal.recordOutcome({ requestId, token, attempt: 1, record: attemptRecord(), then });
      await accept.driver(userId).settle(requestId, token);
    }
    const accepted = await accept.accepting().accept(acceptInput(userId, { idempotency }));
    expect(accepted).toMatchObject({ replayed: false });
    expect(accepted.requestId).not.toBe(late._id);
    await expect(accept.read(late._id)).resolves.toMatchObject({ status: 'abandoned' });
  },
);

it('a key never abandons a protected request that Redis does not know, although a later one has started', async () => {
  const userId = accept.newUser();
  const answered = await onRecord(userId, { ...idempotency, token: 1 });
  await accept.accepting().accept(acceptInput(userId));
  await claimed(userId);
  const answer = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  expect(answer).toMatchObject({ requestId: answered._id, replayed: true });
  await expect(accept.depth(userId)).resolves.toBe(2);
});

it('a key of a pending request is not answered once the view has ended', async () => {
  const userId = accept.newUser();
  await accept.accepting().accept(acceptInput(userId, { idempotency }));
  const queues = withParts(accept.queues, {
    permit: (user) => withParts(accept.queues.permit(user), { isValid: () => false }),
  });
  await expect(
    accept.accepting({ queues }).accept(acceptInput(userId, { idempotency })),
  ).rejects.toMatchObject({ code: 'unavailable' });
});
