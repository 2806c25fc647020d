import { FairPlaces } from '../../../../src/common/flow/fair-places';
import { TooManyTasks } from '../../../../src/common/flow/bounded-tasks';

/** Tasks that note when they begin, and end when the test says so. */
function tasksOf(places: FairPlaces) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (owner: string, name: string) =>
    places.run(owner, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)!();
    await new Promise(setImmediate);
  };
  return { begun, ask, end };
}

it('FairPlaces limits the tasks that run at once, in all and of one owner', async () => {
  const { begun, ask, end } = tasksOf(new FairPlaces({ parallel: 3, ofOne: 2, waitingOfOne: 10 }));
  for (const name of ['a1', 'a2', 'a3']) void ask('a', name);
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'a2']);
  for (const name of ['b1', 'b2']) void ask('b', name);
  await new Promise(setImmediate);
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  await end('b1');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2']);
});

it('FairPlaces alternates between owners, however many tasks each has', async () => {
  const { begun, ask, end } = tasksOf(new FairPlaces({ parallel: 1, ofOne: 1, waitingOfOne: 10 }));
  for (const name of ['a1', 'a2', 'a3']) void ask('a', name);
  for (const name of ['b1', 'b2']) void ask('b', name);
  void ask('c', 'c1');
  await new Promise(setImmediate);
  const inTurn = ['a1', 'a2', 'b1', 'c1', 'a3', 'b2'];
  for (const name of inTurn) await end(name);
  expect(begun).toEqual(inTurn);
});

it('FairPlaces refuses an owner with too many waiting tasks, and no other owner', async () => {
  const { ask, end } = tasksOf(new FairPlaces({ parallel: 1, ofOne: 1, waitingOfOne: 2 }));
  for (const name of ['a1', 'a2', 'a3']) void ask('a', name);
  await expect(ask('a', 'a4')).rejects.toThrow(TooManyTasks);
  const other = ask('b', 'b1');
  for (const name of ['a1', 'a2', 'b1']) await end(name);
  await other;
});

it('FairPlaces frees the place of a failed task', async () => {
  const places = new FairPlaces({ parallel: 1, ofOne: 1, waitingOfOne: 2 });
  await expect(places.run('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(places.run('a', () => Promise.resolve('yes'))).resolves.toBe('yes');
});
