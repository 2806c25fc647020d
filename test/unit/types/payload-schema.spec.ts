import { compilePayloadSchema, UnusableSchema } from '../../../src/types/payload-schema';

const PAGE = {
  type: 'object',
  properties: { page: { type: 'integer', minimum: 1 }, 'a/b': { type: 'string', format: 'date-time' } },
  required: ['page'],
  additionalProperties: false,
};

it.each([
  ['a missing field', {}, '/payload/page', 'required'],
  ['an invalid field', { page: 0 }, '/payload/page', 'minimum'],
  ['an unknown field', { page: 1, more: 1 }, '/payload/more', 'additional_properties'],
  ['a field by its pointer, escaped', { page: 1, 'a/b': 'soon' }, '/payload/a~1b', 'format'],
  ['a payload that is not an object', [], '/payload', 'type'],
])('the error names %s', (_what, payload, pointer, code) => {
  expect(compilePayloadSchema(PAGE)(payload)).toMatchObject([{ pointer, code }]);
});

it.each([
  [{}, 'is missing'],
  [{ page: '1' }, 'must be integer, and is string'],
  [{ page: 1.5 }, 'must be integer, and is 1.5'],
  [{ page: 1, pages: 2 }, 'is not a field of this payload; did you mean page?'],
  [{ page: 0 }, 'must be at least 1, and is 0'],
])('the error says what is wrong with %j', (payload, sentence) => {
  const [error] = compilePayloadSchema(PAGE)(payload);
  expect(error?.detail).toBe(`${error?.pointer} ${sentence}`);
});

const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#' };

it.each<[object, unknown, string]>([
  [{ exclusiveMaximum: 5 }, 5, 'must be less than 5, and is 5'],
  [{ multipleOf: 2 }, 3, 'must be a multiple of 2, and is 3'],
  [{ minLength: 2 }, '\u{1f600}', 'must have 2 or more characters, and has 1'],
  [{ maxItems: 1 }, [1, 2], 'must have 1 or fewer items, and has 2'],
  [{ minProperties: 1 }, {}, 'must have 1 or more fields, and has 0'],
  [{ uniqueItems: true }, [1, 2, 1], 'must not have equal items, and has them at 0 and 2'],
  [{ pattern: '^a' }, 'b', 'must match the pattern ^a, and is "b"'],
  [{ format: 'email' }, 'b', 'must be a valid email, and is "b"'],
  [{ const: 1 }, 2, 'must be 1, and is 2'],
  [{ contains: { const: 1 } }, [], 'must have 1 or more items that fit "contains" of the schema'],
  [
    { propertyNames: { maxLength: 1 } },
    { ab: 1 },
    'has a field "ab" whose name must have 1 or fewer characters, and has 2',
  ],
  [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'is missing: it is required together with "a"'],
  [{ ...draft07, dependencies: { a: ['b'] } }, { a: 1 }, 'is missing: it is required together with "a"'],
  [{ prefixItems: [{}], items: false }, [1, 2], 'must have 1 items at most, and has 2'],
  [{ ...draft07, items: [{}], additionalItems: false }, [1, 2], 'must have 1 items at most, and has 2'],
  [{ not: {} }, 1, 'must not fit "not" of the schema'],
  [{ oneOf: [{}, {}] }, 1, 'fits more than one of the schemas of "oneOf"'],
  [{ if: true, then: { const: 1 } }, 2, 'must be 1, and is 2'],
  [{ properties: { a: false } }, { a: 1 }, 'is not allowed here'],
])('the error says in our words what is wrong with %j: %j', (schema, payload, sentence) => {
  const [error] = compilePayloadSchema(schema)(payload);
  expect(error?.detail).toBe(`${error?.pointer} ${sentence}`);
  expect(error?.code).toMatch(/^[a-z_]+$/);
});

it.each<[string, object, unknown, number]>([
  ['may declare it', { properties: { constructor: { type: 'string' } }, required: ['a'] }, { a: 'A' }, 0],
  ['may require it', { required: ['constructor'] }, {}, 1],
  ['does not apply to it if it is not sent', { dependentRequired: { toString: ['x'] } }, {}, 0],
  ['applies to it if it is sent', { dependentRequired: { toString: ['x'] } }, { toString: 1 }, 1],
])('for a field that every object of JavaScript inherits, a schema %s', (_what, schema, payload, errors) => {
  expect(compilePayloadSchema(schema)(payload)).toHaveLength(errors);
});

it('the error names the values that a field may have', () => {
  const colour = compilePayloadSchema({ enum: ['red', 'green'] });
  expect(colour('blue')[0]?.detail).toBe('/payload must be one of "red", "green", and is "blue"');
  const many = compilePayloadSchema({ enum: Array.from({ length: 100 }, (_, i) => i) });
  expect(many('x')[0]?.detail).toBe('/payload must be one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, ..., and is "x"');
});

it('a valid payload is accepted, and an invalid one gets its errors up to a limit', () => {
  expect(compilePayloadSchema(PAGE)({ page: 2, 'a/b': '2026-01-01T00:00:00Z' })).toEqual([]);
  const numbers = compilePayloadSchema({ items: { type: 'number' } });
  expect(numbers(Array.from({ length: 1_000 }, () => 'x'))).toHaveLength(32);
});

it('two schemas may have the same $id', () => {
  const one = compilePayloadSchema({ $id: 'https://x.example/a', const: 1 });
  const two = compilePayloadSchema({ $id: 'https://x.example/a', const: 2 });
  expect([one(1), two(2)]).toEqual([[], []]);
});

const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });

it.each([
  ['a type that does not exist', { type: 'page' }],
  ['an invalid pattern', { pattern: '(' }],
  ['a reference to another document', { $ref: 'https://example.com/schema' }],
  ['an asynchronous schema', { $async: true, type: 'object' }],
  ['a schema that is too deep', deep(40)],
])('declaring %s is refused', (_what, schema) => {
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

it('a check follows only the branches of a schema that may still match', () => {
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
  ['any payload, if the schema is infinite', { $ref: '#' }, 1],
])('a check refuses %s in bounded time', (_what, schema, payload) => {
  expect(compilePayloadSchema(schema)(payload)).toMatchObject([{ pointer: '/payload', code: 'too_complex' }]);
});

it('a check decides at once whether a long text is a URL (P5)', () => {
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

it('a check names only the first error if finding all takes too long', () => {
  const slow = { items: { allOf: [{ type: 'string' }, { uniqueItems: true }, { pattern: '^(a+)+$' }] } };
  const errors = compilePayloadSchema(slow)([1, `${'a'.repeat(60)}b`]);
  expect(errors).toMatchObject([{ pointer: '/payload/0', code: 'type' }]);
});

it('a schema of draft-07 is read as draft-07', () => {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] };
  const check = compilePayloadSchema(schema); // a list of items is a tuple in draft-07, and means nothing in 2020-12
  expect([check(['a']), check([1]).map(({ pointer }) => pointer)]).toEqual([[], ['/payload/0']]);
});
