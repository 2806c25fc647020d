import { BullModule, getQueueToken } from '@nestjs/bull';
import { Test } from '@nestjs/testing';
import Bull from 'bull';
import { createConnection, type Connection } from 'mongoose';
import { HOUR_MS } from '../../src/common/time/units';
import { RequestSettings } from '../../src/config/settings';
import { EventBus } from '../../src/events/event-bus';
import { MaintenanceProcessor } from '../../src/maintenance/maintenance.processor';
import { MAINTENANCE } from '../../src/maintenance/maintenance-jobs';
import { MaintenanceSchedule } from '../../src/maintenance/maintenance-schedule.service';
import { Reconciler } from '../../src/queue/reconciler.service';
import { ControlService } from '../../src/user-queue/control/control.service';
import { Halts } from '../../src/user-queue/control/halts.service';
import { RetentionService } from '../../src/journal/retention.service';
import { OperatorActions } from '../../src/users/operator-actions.service';
import { serverTime } from '../../src/stores/mongo/server-time';
import { uniqueDatabase } from '../support/mongo-database';
import { RedisServer } from '../support/redis-server';
import { until } from '../support/until';

/** The processor of the maintenance jobs on a Redis of its own, and what it logs. */
async function maintenance(parts: Map<unknown, object>) {
  const redis = await RedisServer.start();
  const said: object[] = [];
  const say = (line: object | string) => typeof line === 'object' && said.push(line); // Nest's own lines are texts
  const events = new EventBus();
  const ends: object[] = [];
  events.on('maintenance.ended', (end) => ends.push(end));
  const collaborators = [
    ControlService,
    OperatorActions,
    Reconciler,
    Halts,
    RetentionService,
    RequestSettings,
  ];
  const module = await Test.createTestingModule({
    imports: [BullModule.registerQueue({ name: MAINTENANCE, url: redis.url })],
    providers: [
      MaintenanceProcessor,
      { provide: EventBus, useValue: events },
      ...collaborators.map((provide) => ({ provide, useValue: parts.get(provide) ?? {} })),
    ],
  })
    .setLogger({ log: say, error: say, warn: say })
    .compile();
  await module.init();
  const queue = module.get<Bull.Queue>(getQueueToken(MAINTENANCE));
  const end = async () => {
    await module.close();
    await redis.stop();
  };
  return { said, ends, queue, end };
}

it('the maintenance logs what operators have done, and which of its jobs failed and why', async () => {
  const operators = { tell: jest.fn(() => Promise.resolve()) };
  const reconciler = { runOnce: jest.fn(() => Promise.resolve(0)) };
  const fails = { applyDirty: () => Promise.reject(new Error('shard 3 is closed')) };
  const { said, ends, queue, end } = await maintenance(
    new Map<unknown, object>([
      [ControlService, fails],
      [OperatorActions, operators],
      [Reconciler, reconciler],
    ]),
  );
  const failed = { event: 'step.failed', step: 'maintenance', name: 'reconcile', cause: 'shard 3 is closed' };
  await queue.add('reconcile', {});
  await until('the failed job is logged', () => said.length > 0);
  expect(said[0]).toMatchObject(failed);
  expect(ends).toEqual([{ name: 'reconcile', outcome: 'failed' }]);
  expect(operators.tell).toHaveBeenCalled();
  expect(reconciler.runOnce).toHaveBeenCalled(); // called although other jobs have failed
  await end();
});

it('the maintenance logs how many old requests it removed, if there were any', async () => {
  let removed = 0;
  const retention = { removeOlder: () => Promise.resolve(removed++) };
  const { said, ends, queue, end } = await maintenance(
    new Map<unknown, object>([[RetentionService, retention]]),
  );
  for (let run = 0; run < 3; run++) await (await queue.add('retention', {})).finished();
  await until('each end is counted', () => ends.length === 3);
  expect(ends[2]).toEqual({ name: 'retention', outcome: 'succeeded' });
  expect(said.map((line) => 'requests' in line && line.requests)).toEqual([1, 2]);
  await end();
});

describe('the schedule of the maintenance', () => {
  let redis: RedisServer;
  let connection: Connection;
  beforeAll(async () => {
    redis = await RedisServer.start();
    connection = await createConnection(uniqueDatabase()).asPromise();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await connection.close();
    await redis.stop();
  });

  it('runs each job once a slot, and also in a slot to which the clock was set back', async () => {
    const queue = new Bull(MAINTENANCE, redis.url);
    const schedule = new MaintenanceSchedule(queue, connection);
    let [reconciled, retained] = [0, 0];
    void queue.process('reconcile', async () => void (reconciled += 1));
    void queue.process('retention', async () => void (retained += 1));
    const runAt = async (time: string) => {
      await schedule.addJobs(Date.parse(`2026-03-01T${time}Z`));
      await until('its jobs have ended', async () => {
        const { waiting, active } = await queue.getJobCounts();
        return waiting + active === 0;
      });
      return [reconciled, retained];
    };
    expect(await runAt('12:00:10')).toEqual([1, 1]);
    expect(await runAt('12:00:50')).toEqual([1, 1]);
    expect(await runAt('12:01:10')).toEqual([2, 1]);
    expect(await runAt('12:30:10')).toEqual([3, 1]);
    expect(await runAt('12:00:10')).toEqual([4, 1]);
    expect(await runAt('11:30:10')).toEqual([5, 2]);
    expect(await queue.getCompletedCount()).toBe(2);
    await schedule.onModuleDestroy();
  });

  it('adds no job while the one of an earlier slot waits or runs', async () => {
    const queue = new Bull('of-a-slow-job', redis.url);
    const schedule = new MaintenanceSchedule(queue, connection);
    let end: () => void = () => undefined;
    const ran: unknown[] = [];
    const process = (name: string) =>
      queue.process(name, async ({ id }) => {
        ran.push(id);
        if (name === 'retention') await new Promise<void>((resolve) => (end = resolve));
      });
    const [noon, one, two] = [12, 13, 14].map((hour) => Date.parse(`2026-03-01T${hour}:00:00Z`));
    await schedule.addJobs(noon!);
    await schedule.addJobs(one!);
    const jobs = ['reconcile', 'retention'].map((name) => process(name).catch(() => undefined));
    await until('both run', () => ran.length === 2);
    await schedule.addJobs(two!);
    await until('what may run has run', async () => {
      const { waiting, active } = await queue.getJobCounts();
      return ran.length === 3 && waiting === 0 && active === 1;
    });
    const slot = (hour: number) => Date.parse(`2026-03-01T${hour}:00:00Z`) / HOUR_MS;
    expect(ran.filter((id) => String(id).startsWith('retention'))).toEqual([`retention:${slot(12)}`]);
    end();
    await until('it has ended', async () => (await queue.getJobCounts()).active === 0);
    await schedule.onModuleDestroy();
    await Promise.all(jobs);
  });

  it("has the slots of MongoDB's clock, whatever the clock of the host says", async () => {
    const queue = new Bull('of-two-hosts', redis.url);
    const schedule = new MaintenanceSchedule(queue, connection);
    const slot = async () => Math.floor((await serverTime(connection)) / HOUR_MS);
    const first = await slot();
    await schedule.runOnce();
    const theirs = Date.now() + 5 * HOUR_MS;
    jest.spyOn(Date, 'now').mockReturnValue(theirs);
    await schedule.runOnce();
    jest.restoreAllMocks();
    const slots = [first, await slot()];
    const added = (await queue.getJobs(['waiting'])).filter(({ name }) => name === 'retention');
    expect(added.length).toBeGreaterThan(0);
    for (const { id } of added) expect(slots).toContain(Number(String(id).split(':')[1]));
    await schedule.onModuleDestroy();
  });
});
