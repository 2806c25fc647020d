import { chunksOf } from '../../../../src/common/flow/in-chunks';

it.each([
  [[], []],
  [[1, 2], [[1, 2]]],
  [
    [1, 2, 3],
    [[1, 2], [3]],
  ],
])('chunksOf cuts %j into %j', (all, chunks) => {
  expect(chunksOf<number>(all, 2)).toEqual(chunks);
});
