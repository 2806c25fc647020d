import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { AttemptNotesBuffer } from '../../../../src/workers/in-process/attempt-notes';
import { IsolatedProcess } from '../../../../src/workers/in-process/isolation/isolated-process';
import { partOf } from '../../../support/part-of';
import { aTurn } from '../../../support/turn-parts';
import { until } from '../../../support/until';

const DEAF = join(__dirname, '../../../support/programs/deaf.js');
const OBEDIENT = join(__dirname, '../../../support/programs/isolated.js');

let isolated: IsolatedProcess;
afterEach(() => isolated.kill('the test is over'));

it('an isolated process with a blocked event loop is killed, because it cannot end itself', async () => {
  isolated = await IsolatedProcess.start(DEAF, 1000);
  jest.useFakeTimers();
  const ended = isolated.end();
  jest.advanceTimersByTime(5000);
  jest.useRealTimers();
  await ended;
  expect(isolated.isAlive).toBe(false);
});

it('does not take a signal that is refused for the end of the process (P1)', async () => {
  isolated = await IsolatedProcess.start(DEAF, 1000);
  const { child } = isolated as unknown as { readonly child: ChildProcess };
  for (let i = 0; i < 2; i += 1) child.emit('error', new Error('kill EPERM'));
  expect(isolated.isAlive).toBe(true);
  isolated.kill('enough');
  await until('it has ended', () => !isolated.isAlive);
});

it('stops a handler whose turn was stopped before its call', async () => {
  isolated = await IsolatedProcess.start(OBEDIENT, 10_000);
  const turn = aTurn('wait');
  turn.stop('timed_out');
  expect(await isolated.run(turn, 1, partOf<AttemptNotesBuffer>({}))).toEqual({ result: '"stop"' });
  turn.end();
});
