import type { Ending } from '../../../scripts/lib/child';
import { Run } from '../../../scripts/lib/run';
import { Supervisor } from '../../../scripts/lib/supervisor';
import { ownHome } from '../../support/own-home';

ownHome();

/** Supervises a program that ends with these exit codes, one after each start. Returns the waits between the starts. */
async function supervise(codes: number[]) {
  const run = await Run.open();
  const waits: number[] = [];
  const launch = async () =>
    run.spawn('a program', process.execPath, ['-e', `process.exit(${codes.shift()})`], { output: 'collect' });
  const judge = ({ code }: Ending) => (code === 0 ? 'never' : code === 75 ? 'at once' : 'later');
  const wait = async (ms: number) => void waits.push(ms);
  const supervisor = new Supervisor(run, launch, { judge, wait });
  await supervisor.start();
  const ending = await supervisor.ended;
  await run.close();
  return { waits, ending };
}

describe('a supervisor', () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  afterAll(() => error.mockRestore());

  it('restarts a failing program, each time after a longer wait', async () => {
    expect((await supervise([1, 1, 1, 0])).waits).toEqual([250, 500, 1000]);
  });

  it('restarts a program that replaces itself at once', async () => {
    expect((await supervise([75, 75, 0])).waits).toEqual([]);
  });

  it('settles with the exit code that was final', async () => {
    expect((await supervise([1, 0])).ending).toEqual({ code: 0, signal: null });
  });
});
