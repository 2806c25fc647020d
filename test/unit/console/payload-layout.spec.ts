import { readable } from '../../../console/src/api/exact-json';

it('lays out JSON without a change of its tokens', () => {
  expect(readable('{"a":1.10,"b":[12345678901234567890,"\\u0041 {,"],"c":{}}')).toBe(
    '{\n  "a": 1.10,\n  "b": [\n    12345678901234567890,\n    "\\u0041 {,"\n  ],\n  "c": {}\n}',
  );
});

it('lays out a long text without a copy of it for each of its values', () => {
  const values = Array.from({ length: 1_000 }, (_none, i) => ({ i }));
  const json = JSON.stringify(values);
  const spies = (['slice', 'substring'] as const).map((name) => jest.spyOn(String.prototype, name));
  const text = readable(json);
  const cut = spies.flatMap((spy) => spy.mock.results.map(({ value }) => (value as string).length));
  jest.restoreAllMocks();
  expect(text).toBe(JSON.stringify(values, null, 2));
  expect(cut.reduce((sum, length) => sum + length)).toBeLessThan(4 * text.length);
});
