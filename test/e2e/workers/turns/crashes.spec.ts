/** The records of a request whose workers die. */
import { EventBus } from '../../../../src/events/event-bus';
import type { UserEvents } from '../../../../src/queue/user-events.service';
import type { PurgeService } from '../../../../src/user-queue/control/purge.service';
import type { HeldTurn } from '../../../../src/workers/turns/claimant';
import { Recorder } from '../../../../src/workers/turns/recorder.service';
import { attemptRecord, recordFixture, RecordFixture } from '../../journal/record-fixture';

let fixture: RecordFixture;
let recorder: Recorder;
beforeAll(async () => {
  fixture = await recordFixture();
  const { journal, queues } = fixture;
  recorder = new Recorder(journal, queues, {} as PurgeService, new EventBus(), {} as UserEvents);
});
afterAll(() => fixture.close());

it('the attempt is recorded whose worker died while its request was cancelled', async () => {
  const request = await fixture.insert({ token: 1 });
  const { _id: requestId, userId, type } = request;
  await fixture.journal.cancel(request, Date.now());
  const job = { requestId, userId, type, token: 1 };
  const turn = { job, mayAct: true, shardTime: () => Date.now() } as unknown as HeldTurn;
  const lost = attemptRecord({ outcome: 'lost' });
  expect(await recorder.recordCrash(turn, lost)).toMatchObject({ ended: 'cancelled' });
  expect(await fixture.read(requestId)).toMatchObject({ status: 'cancelled', attempts: [lost] });
});
