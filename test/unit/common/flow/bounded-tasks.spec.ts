import { BoundedTasks, TooManyTasks } from '../../../../src/common/flow/bounded-tasks';

/** A task that runs until the test ends it. */
function task() {
  let started = false;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const run = async () => {
    started = true;
    await ended;
  };
  return { run, end, hasStarted: () => started };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('BoundedTasks', () => {
  it('runs no more tasks at once than its limit, in the order of arrival', async () => {
    const bounded = new BoundedTasks({ parallel: 2, waiting: 2 });
    const tasks = [task(), task(), task(), task()];
    const runs = tasks.map(({ run }) => bounded.run('new', run));
    await settled();
    expect(tasks.map((one) => one.hasStarted())).toEqual([true, true, false, false]);

    tasks[1]?.end();
    await settled();
    expect(tasks.map((one) => one.hasStarted())).toEqual([true, true, true, false]);

    tasks.forEach(({ end }) => end());
    await Promise.all(runs);
    expect(tasks.map((one) => one.hasStarted())).toEqual([true, true, true, true]);
  });

  it('refuses a task at once if too many wait', async () => {
    const bounded = new BoundedTasks({ parallel: 1, waiting: 1 });
    const [first, second] = [task(), task()];
    const runs = [bounded.run('new', first.run), bounded.run('new', second.run)];
    await expect(bounded.run('new', task().run)).rejects.toThrow(TooManyTasks);
    first.end();
    second.end();
    await Promise.all(runs);
  });

  it('runs tasks of known owners first, and new owners cannot delay them', async () => {
    const bounded = new BoundedTasks({ parallel: 1, waiting: 1 });
    const [running, fresh, known] = [task(), task(), task()];
    const runs = [
      bounded.run('new', running.run),
      bounded.run('new', fresh.run),
      bounded.run('known', known.run),
    ];
    running.end();
    await settled();
    expect([fresh.hasStarted(), known.hasStarted()]).toEqual([false, true]);
    [fresh, known].forEach(({ end }) => end());
    await Promise.all(runs);
  });

  it('continues after a failed task', async () => {
    const bounded = new BoundedTasks({ parallel: 1, waiting: 1 });
    const failed = bounded.run('new', async () => Promise.reject(new Error('no')));
    const next = bounded.run('new', async () => 'done');
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
