/** Which callback is made next, however many targets do not answer. (P5) */
import { EventBus } from '../../../src/events/event-bus';
import type { CallbackAttempt } from '../../../src/webhooks/callbacks/callback-attempt.service';
import { CallbackLoop } from '../../../src/webhooks/callbacks/callback-loop.service';
import { CallbackStore, DueCallback } from '../../../src/webhooks/callbacks/callback-store.service';
import { SteppedClock } from '../../support/stepped-clock';
import { testSettings } from '../../support/test-settings';
import { until } from '../../support/until';
import { endedDocument, recordFixture, RecordFixture } from '../journal/record-fixture';
import { partOf } from '../../support/part-of';

let record: RecordFixture;
beforeAll(async () => {
  record = await recordFixture();
});
afterAll(() => record.close());
let end: () => Promise<void>;
afterEach(() => end());

/** The callback loop on a real store. Targets whose host begins with `silent` do not answer until `letGo`. */
function loopOf(clock: SteppedClock) {
  const begun: string[] = [];
  const silent: (() => void)[] = [];
  let isOver = false;
  const make = async ({ request: { userId }, url }: DueCallback) => {
    begun.push(userId);
    if (!isOver && new URL(url).host.startsWith('silent'))
      await new Promise<void>((resolve) => silent.push(resolve));
    return { outcome: 'delivered', finishedAt: new Date() } as const;
  };
  const store = new CallbackStore(record.requests, clock);
  const settings = testSettings({ LEASE_MS: '100000', VIEW_MS: '200000' }).queue;
  const loop = new CallbackLoop(store, partOf<CallbackAttempt>({ make }), new EventBus(), settings, clock);
  const letGo = () => silent.splice(0).forEach((each) => each());
  end = async () => {
    isOver = true; // a look that is under way may start more
    letGo();
    await loop.onModuleDestroy();
  };
  return { loop, begun, silent, letGo };
}

const owed = (userId: string, host: string) =>
  endedDocument({ userId, callbackUrl: `http://${host}.example.com/` });
const SILENT = Array.from({ length: 70 }, (_, i) => `a${String(i).padStart(2, '0')}`);

it('one callback of each user runs at a time, and silent targets leave places for others', async () => {
  const clock = new SteppedClock();
  const { loop, begun, silent, letGo } = loopOf(clock);
  await record.requests.insertMany(
    SILENT.flatMap((userId) => Array.from({ length: 2 }, () => owed(userId, `silent-${userId}`))),
  );
  await record.requests.insertOne(owed('z', 'quick'));
  await loop.runOnce();
  expect(begun).toEqual(SILENT.slice(0, 64));
  clock.step(1_001);
  await loop.runOnce();
  expect(begun).toEqual([...SILENT, 'z']);

  // Their targets are known to be slow now, and share a part of the places.
  clock.step(1_001);
  letGo();
  await until('all are recorded', async () => {
    return (await record.requests.countDocuments({ 'callback.outcome': 'delivered' })) === 71;
  });
  await until('their share is taken again', () => silent.length === 32);
  await record.requests.insertOne(owed('zz', 'quick'));
  await until('the newcomer gets a callback', () => begun.includes('zz'));
  expect(silent).toHaveLength(32);
});
