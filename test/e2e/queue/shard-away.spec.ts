/** One shard cannot be called, as when its server in a Cluster is down: the others are served and mended. (P5) */
import { randomUUID } from 'node:crypto';
import { getModelToken } from '@nestjs/mongoose';
import { Clock } from '../../../src/common/time/clock';
import { QueueSettings } from '../../../src/config/settings';
import { Journal } from '../../../src/journal/journal.service';
import { QueueRecords } from '../../../src/journal/queue-records.service';
import { RequestRecord, requestsOf } from '../../../src/journal/request.schema';
import { EpochView } from '../../../src/queue/epochs/epoch-view.service';
import { tagOf } from '../../../src/queue/keys';
import { QueueControls } from '../../../src/queue/queue-controls.service';
import { Reconciler } from '../../../src/queue/reconciler.service';
import { ControlService } from '../../../src/user-queue/control/control.service';
import { Halts } from '../../../src/user-queue/control/halts.service';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { until } from '../../support/until';
import { requestDocument } from '../journal/record-fixture';

const AWAY = 0;
const THERE = 1;

let fixture: QueueFixture;
let one: QueueProcess;
let ofAway: QueueDriver;
let ofThere: QueueDriver;

beforeEach(async () => {
  fixture = await QueueFixture.start();
  one = await fixture.process();
  [ofAway, ofThere] = [userOf(AWAY), userOf(THERE)];
});
afterEach(() => fixture.stop());

function userOf(shard: number): QueueDriver {
  for (;;) {
    const userId = randomUUID();
    if (one.queues.shardOf(userId) === shard) return new QueueDriver(one, userId);
  }
}

/** Makes Redis refuse calls about that shard. */
const loseOne = () =>
  fixture.redis.client().call('ACL', 'SETUSER', 'default', 'resetkeys', `~${tagOf(THERE)}:*`);

async function acceptOnRecord(user: QueueDriver): Promise<void> {
  const requestId = randomUUID();
  const seq = await user.accept(requestId);
  const shard = one.queues.shardOf(user.userId);
  await one.get(Journal).insert(requestDocument({ _id: requestId, userId: user.userId, shard, seq }));
}

it('a shard is rebuilt while another one cannot be called', async () => {
  await loseOne();
  await fixture.redis.client().del(`${tagOf(THERE)}:shard`);
  await until('it is closed', async () => (await one.queues.snapshot(ofThere.userId)) === undefined);
  await until('it is open again', async () => (await one.queues.snapshot(ofThere.userId)) !== undefined);
});

it('a queue is mended while another shard cannot be called', async () => {
  await acceptOnRecord(ofAway);
  await acceptOnRecord(ofThere);
  await fixture.redis.client().del(`${tagOf(THERE)}:ready`);
  await loseOne();
  await expect(one.get(Reconciler).runOnce(-60_000)).rejects.toThrow('NOPERM');
  expect(await ofThere.claim()).toBeDefined();
});

it('a setting is applied while another shard cannot be called', async () => {
  const records = one.get(QueueRecords);
  for (const { userId } of [ofAway, ofThere])
    await records.change(userId, one.queues.shardOf(userId), { paused: true });
  await loseOne();
  const control = new ControlService(one.queues, one.get(QueueControls), records, one.get(Clock));
  await expect(control.applyDirty()).rejects.toThrow('The queue cannot be reached right now.');
  expect(await one.queues.snapshot(ofThere.userId)).toMatchObject({ paused: true });
});

it('a halt is lifted while another shard cannot be called', async () => {
  await acceptOnRecord(ofThere);
  await acceptOnRecord(ofThere);
  const job = await ofThere.claim();
  await ofThere.settle(job!.requestId, job!.token, { halting: job!.token });
  expect(await one.queues.snapshot(ofThere.userId)).toMatchObject({ halted: true });
  await loseOne();
  const requests = requestsOf(one.module.get(getModelToken(RequestRecord.name)));
  const settings = one.module.get(QueueSettings);
  const halts = new Halts(one.get(QueueControls), one.get(EpochView), settings, requests);
  await expect(halts.liftOrphans()).rejects.toThrow('The queue cannot be reached right now.');
  expect(await one.queues.snapshot(ofThere.userId)).toMatchObject({ halted: false });
});
