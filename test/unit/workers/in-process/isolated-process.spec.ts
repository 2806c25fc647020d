import { join } from 'node:path';
import { IsolatedProcess } from '../../../../src/workers/in-process/isolation/isolated-process';

let isolated: IsolatedProcess;
afterEach(() => isolated.kill('the test is over'));

it('an isolated process with a blocked event loop is killed, because it cannot end itself', async () => {
  isolated = await IsolatedProcess.start(join(__dirname, '../../../support/programs/deaf.js'), 1000);
  jest.useFakeTimers();
  const ended = isolated.end();
  jest.advanceTimersByTime(5000);
  jest.useRealTimers();
  await ended;
  expect(isolated.isAlive).toBe(false);
});
