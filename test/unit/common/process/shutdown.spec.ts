import { Shutdown } from '../../../../src/common/process/shutdown';

it('notifies its listeners once that it leaves and that it ends, also late ones', () => {
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

it('leaves before it ends', () => {
  const shutdown = new Shutdown();
  const told: string[] = [];
  shutdown.onBegin(() => told.push(`ends, leaving: ${shutdown.isLeaving}`));
  shutdown.begin();
  expect(told).toEqual(['ends, leaving: true']);
});

it('asks for an end once, and not when it is on its way out already', () => {
  const asked: number[] = [];
  const shutdown = new Shutdown();
  shutdown.onReplace(() => asked.push(shutdown.exitCode));
  shutdown.requestReplacement();
  shutdown.leave();
  shutdown.requestEnd(78);
  expect(asked).toEqual([75]);
  expect(shutdown.exitCode).toBe(75);
});
