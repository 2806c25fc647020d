import type { RequestDocument } from '../../../src/journal/request-document';
import { acceptInput, AcceptFixture, withParts } from './accept-fixture';
import { endedDocument, requestDocument } from '../journal/record-fixture';

let accept: AcceptFixture;
beforeAll(async () => {
  accept = await AcceptFixture.start();
});
afterAll(() => accept.stop());

/** Another API process's request that was accepted, or not quite: on record, perhaps in Redis. */
async function onRecord(userId: string, given: Partial<RequestDocument> = {}): Promise<RequestDocument> {
  const document = requestDocument({ userId, shard: accept.queues.shardOf(userId), ...given });
  await accept.requests.insertOne(document);
  return document;
}

const idempotency = { key: 'enqueue:k', bodyHash: 'one body' };

it('takes parallel calls of two processes for one request', async () => {
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

it('protects a request whose answer it repeats', async () => {
  const userId = accept.newUser();
  const { requestId } = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  await accept.accepting().accept(acceptInput(userId, { idempotency }));
  await expect(accept.journal.abandon(requestId)).resolves.toBe(false);
});

it('refuses another body', async () => {
  const userId = accept.newUser();
  await accept.accepting().accept(acceptInput(userId, { idempotency }));
  const other = { ...idempotency, bodyHash: 'another body' };
  await expect(accept.accepting().accept(acceptInput(userId, { idempotency: other }))).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  });
  await expect(accept.depth(userId)).resolves.toBe(1);
});

it('gives the first answer of a request that has ended', async () => {
  const userId = accept.newUser();
  const firstAnswer = { status: 'queued', position: 7 } as const;
  const ended = endedDocument({ userId, ...idempotency, firstAnswer });
  await accept.requests.insertOne(ended);
  const answer = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  expect(answer).toMatchObject({ requestId: ended._id, firstAnswer, replayed: true });
  await expect(accept.depth(userId)).resolves.toBe(0);
});

it('begins again where a request was never acknowledged', async () => {
  const userId = accept.newUser();
  const orphan = await onRecord(userId, idempotency);
  const accepted = await accept.accepting().accept(acceptInput(userId, { idempotency }));
  expect(accepted).toMatchObject({ replayed: false });
  expect(accepted.requestId).not.toBe(orphan._id);
  await expect(accept.read(orphan._id)).resolves.toMatchObject({ status: 'abandoned' });
  await expect(accept.depth(userId)).resolves.toBe(1);
});

it('never abandons an acknowledged request, although Redis does not know it', async () => {
  const userId = accept.newUser();
  const answered = await onRecord(userId, { ...idempotency, token: 1 });
  const answer = accept.accepting().accept(acceptInput(userId, { idempotency }));
  await expect(answer).rejects.toMatchObject({ code: 'unavailable' });
  await expect(accept.read(answered._id)).resolves.toMatchObject({ pending: true });
  await expect(accept.depth(userId)).resolves.toBe(0);
});

it('does not answer for a pending one once its view has ended', async () => {
  const userId = accept.newUser();
  await accept.accepting().accept(acceptInput(userId, { idempotency }));
  const queues = withParts(accept.queues, {
    permit: (user) => withParts(accept.queues.permit(user), { isValid: () => false }),
  });
  await expect(
    accept.accepting({ queues }).accept(acceptInput(userId, { idempotency })),
  ).rejects.toMatchObject({ code: 'unavailable' });
});
