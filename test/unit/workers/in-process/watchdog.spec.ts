import { Worker } from 'node:worker_threads';
import type { Turn } from '../../../../src/workers/in-process/turn';
import type { HeldTurns } from '../../../../src/workers/in-process/held-turns.service';
import { Watchdog } from '../../../../src/workers/in-process/watchdog/watchdog.service';
import { testSettings } from '../../../support/test-settings';
import { until } from '../../../support/until';
import { partOf } from '../../../support/part-of';

const HOUR_MS = 3_600_000;

it('the watchdog keeps its thread through a shutdown until no handler runs (P1)', async () => {
  const ended = jest.spyOn(Worker.prototype, 'terminate');
  const job = { requestId: 'r1', token: 1, leasedAt: 1, type: 'deaf' };
  const turn = { job, isRunning: false, goneBy: performance.now() + HOUR_MS } as Turn;
  const { queue, worker, stores, log } = testSettings();
  const turns = partOf<HeldTurns>({ all: [turn], worker: 'w1' });
  const watchdog = new Watchdog(turns, queue, worker, stores, log);
  watchdog.start();
  const watched = watchdog.watch(turn);
  await watchdog.onApplicationShutdown();
  expect([turn.isRunning, ended.mock.calls.length]).toEqual([true, 0]);
  watched.end();
  await until('its thread has ended', () => ended.mock.calls.length > 0);
});
