import { EventBus } from '../../../../src/events/event-bus';
import type { UserEvents } from '../../../../src/queue/user-events.service';
import type { PurgeService } from '../../../../src/user-queue/control/purge.service';
import type { Journal } from '../../../../src/journal/journal.service';
import type { QueueRecords } from '../../../../src/journal/queue-records.service';
import type { HeldTurn } from '../../../../src/workers/turns/claimant';
import { Recorder } from '../../../../src/workers/turns/recorder.service';

const turn = { job: { lookUp: 'taken_back', attemptsMade: 1 }, mayAct: true } as unknown as HeldTurn;

function recorderOf(found: object): Recorder {
  const journal = { lookUp: async () => ({ kind: 'run', crashes: 0, ...found }) } as unknown as Journal;
  return new Recorder(journal, {} as QueueRecords, {} as PurgeService, new EventBus(), {} as UserEvents);
}

it('makes a request wait for its backoff if Redis missed its failure (P2)', async () => {
  const found = { attemptsMade: 2, notBefore: 4711, lastEndedAt: 4700 };
  expect(await recorderOf(found).lookUp(turn)).toMatchObject({
    op: 'retry',
    attemptsMade: 2,
    notBefore: 4711,
    since: 4700,
  });
});

it('runs a request whose record matches Redis', async () => {
  expect(await recorderOf({ attemptsMade: 1 }).lookUp(turn)).toEqual({ attemptsMade: 1, crashes: 0 });
});
