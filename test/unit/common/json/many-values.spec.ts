import { hasMoreValuesThan } from '../../../../src/common/json/many-values';

const more = (most: number, value: unknown) => hasMoreValuesThan(most, Buffer.from(JSON.stringify(value)));

it('hasMoreValuesThan counts values and keys', () => {
  expect([more(5, [1, 2, 3, 4, 5]), more(4, [1, 2, 3, 4, 5])]).toEqual([false, true]);
  expect([more(6, { a: 1, b: [], c: 2 }), more(5, { a: 1, b: [], c: 2 })]).toEqual([true, true]);
  expect(more(7, { a: 1, b: [], c: 2 })).toBe(false);
});

it('hasMoreValuesThan counts nothing inside strings', () => {
  expect(more(1, [',[{:"\\",[[,,\\'.repeat(10)])).toBe(false);
  expect(more(2, ['\\', '"', ',,,,'])).toBe(true);
  expect(more(4, ['\\', '"', ',,,,,,,,,,'])).toBe(false);
});
