/** Which recorded requests a purge cancels. */
import { recordFixture, RecordFixture } from './record-fixture';

const FAILED_AT = Date.UTC(2026, 0, 1);

let fixture: RecordFixture;
beforeAll(async () => {
  fixture = await recordFixture();
});
afterAll(() => fixture.close());

it('a purge cancels requests accepted before the end of a failed one, and none accepted later', async () => {
  const accepted = (ms: number) => fixture.insert({ userId: 'failing', createdAt: new Date(ms) });
  const rest = [await accepted(FAILED_AT - 1), await accepted(FAILED_AT)];
  const later = await accepted(FAILED_AT + 1);
  const scope = { purgeId: 'failed', userId: 'failing', shard: 3, lastToken: 0 };
  const cancelled: string[] = [];
  const purge = { ...scope, acceptedUntil: FAILED_AT, cancelledAt: FAILED_AT };
  for await (const chunk of fixture.purges.cancelWaiting(purge))
    cancelled.push(...chunk.map(({ _id }) => _id));
  expect(cancelled).toEqual(rest.map(({ _id }) => _id));
  expect((await fixture.read(later._id))?.status).toBe('queued');
});
