/** MongoDB has lost its majority: its primary may have been deposed, and answers with what was durable before. */
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { QueueSettings } from '../../../src/config/settings';
import { RequestRecord, requestsOf } from '../../../src/journal/request.schema';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { QueueControls } from '../../../src/queue/queue-controls.service';
import { Halts } from '../../../src/user-queue/control/halts.service';
import { MongoSet } from '../../support/mongo-set';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture } from '../../support/queue-fixture';
import { RedisServer } from '../../support/redis-server';
import { endedDocument } from '../journal/record-fixture';

/** The primary stays, and a view stays valid, for longer than the test takes. */
const LONG_MS = 120_000;

let set: MongoSet;
let redis: RedisServer;
let fixture: QueueFixture;
beforeAll(async () => {
  [set, redis] = await Promise.all([MongoSet.start(), RedisServer.start()]);
  const primary = await set.primary();
  const { config } = await primary.command({ replSetGetConfig: 1 });
  const settings = { ...config.settings, electionTimeoutMillis: LONG_MS };
  await primary.command({ replSetReconfig: { ...config, version: config.version + 1, settings } });
  fixture = QueueFixture.on({ redis, mongodbUri: set.uri('halts') });
});
afterAll(async () => {
  set.thaw();
  await fixture.stopProcesses();
  await set.stop();
  await redis.stop();
});

it('the maintenance lifts no halt whose failed request may only be missing from an older state (P2)', async () => {
  const one = await fixture.process({ VIEW_MS: String(LONG_MS) });
  const requests = requestsOf(
    one.module.get<Model<RequestRecord>>(getModelToken(RequestRecord.name), { strict: false }),
  );
  const settings = one.module.get(QueueSettings);
  const halts = new Halts(one.get(QueueControls), one.get(EpochView), settings, requests);
  const user = QueueDriver.ofNewUser(one);
  await user.accept('failed');
  await user.accept('next');
  const { token, shard } = (await user.claim())!;
  await user.settle('failed', token, { halting: token, ended: 'failed' });

  const primary = await set.primary();
  for (const member of set.members) if (member !== primary) member.freeze();
  const failed = endedDocument({ userId: user.userId, shard, status: 'failed', token, halts: true });
  await requests.insertOne(failed, { writeConcern: { w: 1 } });
  await expect(halts.liftOrphans()).rejects.toThrow();
  expect(await user.claim()).toBeUndefined();

  set.thaw();
  await halts.liftOrphans();
  expect(await user.claim()).toBeUndefined();
  await requests.deleteOne({ _id: failed._id });
  await halts.liftOrphans();
  expect(await user.claim()).toMatchObject({ requestId: 'next' });
});
