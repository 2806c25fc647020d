import { Coalescer } from '../../../../src/common/flow/coalescer';

/** A coalescer whose batches end when the test says so. */
function coalescer(maxBatch: number, maxInFlight: number) {
  const batches: {
    items: readonly number[];
    end: (results: (string | Error)[]) => void;
    fail: () => void;
  }[] = [];
  const subject = new Coalescer<number, string>({
    maxBatch,
    maxInFlight,
    run: (items) =>
      new Promise((end, reject) => batches.push({ items, end, fail: () => reject(new Error('all of it')) })),
  });
  return { subject, batches, push: (...items: number[]) => items.map((item) => subject.push(item)) };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const answers = (items: readonly number[]) => items.map((item) => `answer ${item}`);

it('a coalescer takes the items of one turn of the event loop as a batch, and gives each its own result', async () => {
  const { push, batches } = coalescer(10, 1);
  const results = push(1, 2, 3);
  await nextTurn();
  expect(batches.map(({ items }) => items)).toEqual([[1, 2, 3]]);
  batches[0]?.end(answers([1, 2, 3]));
  await expect(Promise.all(results)).resolves.toEqual(answers([1, 2, 3]));
});

it('a coalescer collects items while a batch runs, and sends them when it has ended', async () => {
  const { push, batches } = coalescer(10, 1);
  void push(1);
  await nextTurn();
  void push(2);
  await nextTurn();
  void push(3);
  await nextTurn();
  expect(batches).toHaveLength(1);
  batches[0]?.end(answers([1]));
  await nextTurn();
  await nextTurn();
  expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3]]);
});

it('a coalescer runs no more batches at once than its limit, and none larger than allowed', async () => {
  const { push, batches } = coalescer(2, 2);
  void push(1, 2, 3, 4, 5);
  for (let i = 0; i < 5; i++) await nextTurn();
  expect(batches.map(({ items }) => items)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  batches[1]?.end(answers([3, 4]));
  for (let i = 0; i < 5; i++) await nextTurn();
  expect(batches[2]?.items).toEqual([5]);
});

it('a coalescer rejects a single item, or all items of a failed batch, and continues', async () => {
  const { push, batches, subject } = coalescer(10, 1);
  const results = push(1, 2);
  await nextTurn();
  batches[0]?.end([new Error('this one'), 'answer 2']);
  await expect(Promise.allSettled(results)).resolves.toMatchObject([
    { status: 'rejected', reason: { message: 'this one' } },
    { status: 'fulfilled', value: 'answer 2' },
  ]);
  const failed = push(3, 4);
  await nextTurn();
  batches[1]?.fail();
  await expect(Promise.allSettled(failed)).resolves.toMatchObject([
    { status: 'rejected' },
    { status: 'rejected' },
  ]);
  const after = subject.push(5);
  await nextTurn();
  batches[2]?.end(['answer 5']);
  await expect(after).resolves.toBe('answer 5');
});
