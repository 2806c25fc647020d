/** The journal's writes: each may be sent again, and each is decided about separately. (P1) */
import type { OutcomeThen } from '../../../src/journal/fenced-updates';
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

const USER = 'u1';
const error = { code: 'boom', message: 'no' };
const failed = () => endedDocument({ status: 'failed', token: 4, error });
const ends = (then: OutcomeThen) => (requestId: string) =>
  record.journal.recordOutcome({ requestId, token: 7, attempt: 1, record: attemptRecord(), then });
const crashed = (requestId: string) =>
  record.journal.failAfterCrashes({ requestId, token: 7, error, policy: 'continue', finishedAt: 1 });

it.each<[string, () => RequestDocument, (requestId: string) => Promise<unknown>]>([
  ['a success', requestDocument, ends({ kind: 'succeeded' })],
  ['a failure', requestDocument, ends({ kind: 'failed', error })],
  ['a next try', requestDocument, ends({ kind: 'retry', notBefore: 1 })],
  ['a crash too many', requestDocument, crashed],
  [
    'a cancel',
    requestDocument,
    (_id) => record.journal.cancel({ _id, userId: USER, token: 0, attemptsMade: 0 }, 1),
  ],
  ['an abandonment', requestDocument, (id) => record.journal.abandon(id)],
  ['a protection', requestDocument, (id) => record.journal.protect(id)],
  ['a retry by its owner', failed, (id) => record.journal.retry(id, USER, 4, 3)],
  ['a dismissal', failed, (id) => record.journal.dismiss(id, USER, 4)],
])(
  'the journal recognizes %s that it has written, beside one that it has not',
  async (_, document, write) => {
    const own = document();
    await record.requests.insertOne(own);
    const [first, missing] = await Promise.all([write(own._id), write('missing')]);
    expect(first).toEqual(typeof first === 'boolean' ? true : expect.objectContaining({ kind: 'recorded' }));
    expect(missing).not.toEqual(first);
    expect(await write(own._id)).toEqual(first);
  },
);
