import { OverBudget, withinBudget } from '../../../../src/common/flow/within-budget';

const memory = new Int32Array(new SharedArrayBuffer(4));

it('work that did not get the processor is tried once more', () => {
  let tries = 0;
  const act = () => {
    tries += 1;
    if (tries === 1) Atomics.wait(memory, 0, 0); // until it is stopped
    return 'done';
  };
  expect(withinBudget(50, act)).toBe('done');
  expect(tries).toBe(2);
});

it.each<[string, () => unknown]>([
  [
    'never ends',
    () => {
      for (;;);
    },
  ],
  [
    'exhausts the stack',
    function again(): unknown {
      return [again()];
    },
  ],
])('work is given up that %s', (_what, act) => {
  expect(() => withinBudget(50, act)).toThrow(OverBudget);
});
