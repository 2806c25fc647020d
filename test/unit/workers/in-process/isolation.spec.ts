import { join } from 'node:path';
import { EventBus } from '../../../../src/events/event-bus';
import type { AttemptNotesBuffer } from '../../../../src/workers/in-process/attempt-notes';
import { IsolatedProcess } from '../../../../src/workers/in-process/isolation/isolated-process';
import { Isolation } from '../../../../src/workers/in-process/isolation/isolation.service';
import type { Turn } from '../../../../src/workers/in-process/turn';
import { partOf } from '../../../support/part-of';
import { testSettings } from '../../../support/test-settings';
import { aTurn } from '../../../support/turn-parts';

const PROGRAM = join(__dirname, '../../../support/programs/isolated.js');

let deaths: string[];
let isolation: Isolation;
beforeEach(() => {
  deaths = [];
  const events = new EventBus();
  events.on('suspect.died', ({ requestId }) => deaths.push(requestId));
  isolation = new Isolation(testSettings().queue, events, PROGRAM);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await isolation.close();
});

async function run(turn: Turn) {
  const place = (await isolation.enter(turn))!;
  try {
    return await place.run(1, partOf<AttemptNotesBuffer>({}));
  } finally {
    place.leave();
    turn.end();
  }
}

it('a suspect that is stopped while a fresh process starts does not run in it, and has killed nothing', async () => {
  expect(await run(aTurn('end'))).toEqual({ result: '"run"' });
  const turn = aTurn('die');
  const start = IsolatedProcess.start.bind(IsolatedProcess);
  const started = jest.spyOn(IsolatedProcess, 'start').mockImplementation((...args) => {
    turn.stop('timed_out');
    return start(...args);
  });
  expect(await run(turn)).toMatchObject({
    error: { message: expect.stringContaining('time limit') as string },
  });
  expect([started.mock.calls.length, deaths]).toEqual([1, []]);
});

it('a suspect that dies again in a fresh process has killed it', async () => {
  await run(aTurn('end'));
  expect(await run(aTurn('die'))).toMatchObject({ death: 'ended with code 1' });
  expect(deaths).toHaveLength(1);
});
