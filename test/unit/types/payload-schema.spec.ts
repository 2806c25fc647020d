import { compilePayloadSchema, UnusableSchema } from '../../../src/types/payload-schema';

const PAGE = {
  type: 'object',
  properties: { page: { type: 'integer', minimum: 1 }, 'a/b': { type: 'string', format: 'date-time' } },
  required: ['page'],
  additionalProperties: false,
};

it.each([
  ['what is missing', {}, '/payload/page', 'required'],
  ['what is wrong', { page: 0 }, '/payload/page', 'minimum'],
  ['what is too much', { page: 1, more: 1 }, '/payload/more', 'additional_properties'],
  ['a field by its pointer, escaped', { page: 1, 'a/b': 'soon' }, '/payload/a~1b', 'format'],
  ['a payload that is no object', [], '/payload', 'type'],
])('names %s', (_what, payload, pointer, code) => {
  expect(compilePayloadSchema(PAGE)(payload)).toMatchObject([{ pointer, code }]);
});

it.each([
  [{}, 'is missing'],
  [{ page: '1' }, 'must be integer, and is string'],
  [{ page: 1, pages: 2 }, 'is no field of this payload; did you mean page?'],
  [{ page: 0 }, 'must be >= 1'],
])('says what is wrong with %j', (payload, sentence) => {
  const [error] = compilePayloadSchema(PAGE)(payload);
  expect(error?.detail).toBe(`${error?.pointer} ${sentence}`);
});

it('names the values that a field may have', () => {
  const colour = compilePayloadSchema({ enum: ['red', 'green'] });
  expect(colour('blue')[0]?.detail).toBe('/payload must be one of "red", "green"');
  const many = compilePayloadSchema({ enum: Array.from({ length: 100 }, (_, i) => i) });
  expect(many('x')[0]?.detail).toBe('/payload must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ...');
});

it('finds nothing wrong with a valid payload, and names all that is wrong up to a limit', () => {
  expect(compilePayloadSchema(PAGE)({ page: 2, 'a/b': '2026-01-01T00:00:00Z' })).toEqual([]);
  const numbers = compilePayloadSchema({ items: { type: 'number' } });
  expect(numbers(Array.from({ length: 1_000 }, () => 'x'))).toHaveLength(32);
});

it('takes two schemas of one $id', () => {
  const one = compilePayloadSchema({ $id: 'https://x.example/a', const: 1 });
  const two = compilePayloadSchema({ $id: 'https://x.example/a', const: 2 });
  expect([one(1), two(2)]).toEqual([[], []]);
});

const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });

it.each([
  ['a type that does not exist', { type: 'page' }],
  ['a pattern that is none', { pattern: '(' }],
  ['a reference to elsewhere', { $ref: 'https://example.com/schema' }],
  ['one that is asynchronous', { $async: true, type: 'object' }],
  ['one that is too deep', deep(40)],
])('refuses %s', (_what, schema) => {
  expect(() => compilePayloadSchema(schema)).toThrow(UnusableSchema);
});

const OPERATION = {
  anyOf: ['not', 'neg'].map((op) => ({
    properties: { op: { const: op }, arg: { $ref: '#' } },
    required: ['op', 'arg'],
  })),
};
const nested = (levels: number, end: object): object =>
  levels === 0 ? end : { op: 'neg', arg: nested(levels - 1, end) };

it('follows only the branches of a schema that may still match', () => {
  const check = compilePayloadSchema({
    anyOf: [{ type: 'integer' }, OPERATION.anyOf[0], OPERATION.anyOf[1]],
  });
  expect(check(nested(40, { op: 'neg', arg: 1 }))).toEqual([]);
});

it.each<[string, object, unknown]>([
  [
    'a payload with too many objects to compare',
    { uniqueItems: true },
    Array.from({ length: 20_000 }, (_, i) => ({ i })),
  ],
  ['a text that a pattern backtracks on', { pattern: '^(a+)+$' }, `${'a'.repeat(60)}b`],
  ['anything, if the schema never comes to an end', { $ref: '#' }, 1],
])('refuses %s in bounded time', (_what, schema, payload) => {
  expect(compilePayloadSchema(schema)(payload)).toMatchObject([{ pointer: '/payload', code: 'too_complex' }]);
});

it('finds out at once whether a long text is a URL (P5)', () => {
  const check = compilePayloadSchema({ format: 'url' });
  expect(check(`http://[${':0'.repeat(30_000)}`)).toMatchObject([{ code: 'format' }]);
  expect([
    check('https://example.com/a?b'),
    check('javascript:alert(1)').length,
    check('no url').length,
  ]).toEqual([[], 1, 1]);
  for (const text of ['http:foo', 'http://a/ b', 'http://a\n/', 'http:\\\\x', 'http:///x'])
    expect([text, check(text).length]).toEqual([text, 1]);
});

it('names the first error alone if all of them take too long to find', () => {
  const slow = { items: { allOf: [{ type: 'string' }, { uniqueItems: true }, { pattern: '^(a+)+$' }] } };
  const errors = compilePayloadSchema(slow)([1, `${'a'.repeat(60)}b`]);
  expect(errors).toMatchObject([{ pointer: '/payload/0', code: 'type' }]);
});

it('takes a schema of draft-07 for what it says it is', () => {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] };
  const check = compilePayloadSchema(schema); // a list of items is a tuple there, and nothing in 2020-12
  expect([check(['a']), check([1]).map(({ pointer }) => pointer)]).toEqual([[], ['/payload/0']]);
});
