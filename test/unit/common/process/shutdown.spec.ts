import { Shutdown } from '../../../../src/common/process/shutdown';

it('listeners are notified once of leaving and of the end, also if they come late', () => {
  const shutdown = new Shutdown();
  const told: string[] = [];
  shutdown.onLeave(() => told.push('leaves'));
  shutdown.onBegin(() => told.push('ends'));
  shutdown.leave();
  expect(told).toEqual(['leaves']);
  expect([shutdown.isLeaving, shutdown.hasBegun]).toEqual([true, false]);
  shutdown.leave();
  shutdown.begin();
  shutdown.begin();
  expect(told).toEqual(['leaves', 'ends']);
  shutdown.onLeave(() => told.push('has left'));
  shutdown.onBegin(() => told.push('has ended'));
  expect(told).toEqual(['leaves', 'ends', 'has left', 'has ended']);
});

it('a process leaves before it ends', () => {
  const shutdown = new Shutdown();
  const told: string[] = [];
  shutdown.onBegin(() => told.push(`ends, leaving: ${shutdown.isLeaving}`));
  shutdown.begin();
  expect(told).toEqual(['ends, leaving: true']);
});

it('an end is requested once, and not if the process is leaving already', () => {
  const asked: number[] = [];
  const shutdown = new Shutdown();
  shutdown.onReplace(() => asked.push(shutdown.exitCode));
  shutdown.requestReplacement();
  shutdown.leave();
  shutdown.requestEnd(78);
  expect(asked).toEqual([75]);
  expect(shutdown.exitCode).toBe(75);
});
