import { BullModule, getQueueToken } from '@nestjs/bull';
import { Test } from '@nestjs/testing';
import type Bull from 'bull';
import { RequestSettings } from '../../src/config/settings';
import { MaintenanceProcessor } from '../../src/maintenance/maintenance.processor';
import { MAINTENANCE } from '../../src/maintenance/maintenance-jobs';
import { Reconciler } from '../../src/queue/reconciler.service';
import { ControlService } from '../../src/user-queue/control/control.service';
import { Halts } from '../../src/user-queue/control/halts.service';
import { RetentionService } from '../../src/journal/retention.service';
import { OperatorActions } from '../../src/users/operator-actions.service';
import { RedisServer } from '../support/redis-server';
import { until } from '../support/until';

it('the maintenance logs what operators have done, and which of its jobs failed and why', async () => {
  const redis = await RedisServer.start();
  const said: object[] = [];
  const silent = () => undefined;
  const operators = { tell: jest.fn(() => Promise.resolve()) };
  const reconciler = { runOnce: jest.fn(() => Promise.resolve(0)) };
  const fails = { repeat: () => Promise.reject(new Error('shard 3 is closed')) };
  const module = await Test.createTestingModule({
    imports: [BullModule.registerQueue({ name: MAINTENANCE, url: redis.url })],
    providers: [
      MaintenanceProcessor,
      { provide: ControlService, useValue: fails },
      { provide: OperatorActions, useValue: operators },
      { provide: Reconciler, useValue: reconciler },
      ...[Halts, RetentionService, RequestSettings].map((provide) => ({ provide, useValue: {} })),
    ],
  })
    .setLogger({ log: silent, error: silent, warn: (line: object) => said.push(line) })
    .compile();
  await module.init();
  await module.get<Bull.Queue>(getQueueToken(MAINTENANCE)).add('reconcile', {});
  await until('the failed job is logged', () => said.length > 0);
  expect(said[0]).toMatchObject({
    event: 'step.failed',
    step: 'maintenance',
    name: 'reconcile',
    cause: 'shard 3 is closed',
  });
  expect(operators.tell).toHaveBeenCalled();
  expect(reconciler.runOnce).toHaveBeenCalled(); // called although other jobs have failed
  await module.close();
  await redis.stop();
});
