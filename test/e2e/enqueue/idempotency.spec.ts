import type { RequestDocument } from '../../../src/journal/request-document';
import { acceptInput, AcceptFixture, withParts } from './accept-fixture';
import { endedDocument, requestDocument } from '../journal/record-fixture';

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

it('a key accepts another request if the first one was never acknowledged', async () => {
  const userId = accept.newUser();
  const orphan = await onRecord(userId, idempotency);
  const accepted = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  expect(accepted).toMatchObject({ replayed: false });
  expect(accepted.requestId).not.toBe(orphan._id);
  await expect(accept.read(orphan._id)).resolves.toMatchObject({ status: 'abandoned' });
  await expect(accept.depth(userId)).resolves.toBe(1);
});

it('a key never abandons an acknowledged request, although Redis does not know it', async () => {
  const userId = accept.newUser();
  const answered = await onRecord(userId, { ...idempotency, token: 1 });
  const answer = accept.accepting().accept(acceptInput(userId, { idempotency }));
  await expect(answer).rejects.toMatchObject({ code: 'unavailable' });
  await expect(accept.read(answered._id)).resolves.toMatchObject({ pending: true });
  await expect(accept.depth(userId)).resolves.toBe(0);
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
