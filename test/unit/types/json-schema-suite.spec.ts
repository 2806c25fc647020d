import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilePayloadSchema, UnusableSchema } from '../../../src/types/payload-schema';

// The time of a check has its own tests; this one is about verdicts, on a machine of any speed.
jest.mock('../../../src/common/flow/within-budget', () => {
  const real = jest.requireActual<typeof import('../../../src/common/flow/within-budget')>(
    '../../../src/common/flow/within-budget',
  );
  return { ...real, withinBudget: <T>(_ms: number, act: () => T) => real.withinBudget(60_000, act) };
});

interface Group {
  readonly description: string;
  readonly schema: object | boolean;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

const SUITE = JSON.parse(
  readFileSync(join(__dirname, '../../fixtures/json-schema-test-suite.json'), 'utf8'),
) as Record<'2020-12' | 'draft-07', Record<string, Group[]>>;

/** Files of the suite that test what payload schemas do not support. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  refRemote: 'a schema stands alone',
  vocabulary: 'so does its dialect',
  format: 'a format is asserted, not only noted',
  dynamicRef: 'Ajv knows $dynamicRef inside one resource alone',
};

/** What Ajv gets wrong, or cannot compile. */
const KNOWN_GAPS: Readonly<Record<keyof typeof SUITE, readonly string[]>> = {
  '2020-12': [
    'properties: properties whose names are Javascript object property names', // `__proto__` alone
    'ref: URN ref with nested pointer ref',
    'ref: refs with relative uris and defs',
    'ref: relative refs with absolute uris and defs',
    'unevaluatedItems: unevaluatedItems and contains interact to control item dependency relationship',
    'unevaluatedItems: unevaluatedItems can see annotations from if without then and else',
    'unevaluatedItems: unevaluatedItems depends on adjacent contains',
    'unevaluatedItems: unevaluatedItems depends on multiple nested contains',
    'unevaluatedItems: unevaluatedItems with $dynamicRef',
    'unevaluatedItems: unevaluatedItems with nested items',
    'unevaluatedProperties: unevaluatedProperties can see annotations from if without then and else',
    'unevaluatedProperties: unevaluatedProperties with $dynamicRef',
    'unevaluatedProperties: unevaluatedProperties with if/then/else, then not defined',
  ],
  'draft-07': [
    'properties: properties whose names are Javascript object property names',
    'ref: $ref prevents a sibling $id from changing the base uri',
    'ref: ref overrides any sibling keywords',
  ],
};

/** A declared schema is an object; for drafts before 2019-09 the suite does not say which draft a schema has. */
function declared(draft: keyof typeof SUITE, schema: object | boolean): object {
  const own = typeof schema === 'object' ? schema : { allOf: [schema] };
  return draft === 'draft-07' ? { $schema: 'http://json-schema.org/draft-07/schema#', ...own } : own;
}

function isJudgedRight(draft: keyof typeof SUITE, { schema, tests }: Group): boolean {
  try {
    const check = compilePayloadSchema(declared(draft, schema));
    return tests.every(({ data, valid }) => (check(data).length === 0) === valid);
  } catch (error) {
    if (error instanceof UnusableSchema) return false;
    throw error;
  }
}

describe.each(Object.keys(KNOWN_GAPS) as (keyof typeof SUITE)[])(
  'the test suite of JSON Schema %s',
  (draft) => {
    it('passes, except for known exceptions', () => {
      const files = Object.entries(SUITE[draft]).filter(([file]) => !(file in LEFT_OUT));
      expect(files.length).toBeGreaterThan(30);
      const wrong = files.flatMap(([file, groups]) =>
        groups
          .filter((group) => !isJudgedRight(draft, group))
          .map(({ description }) => `${file}: ${description}`),
      );
      expect(wrong.sort()).toEqual([...KNOWN_GAPS[draft]].sort());
    });
  },
);
