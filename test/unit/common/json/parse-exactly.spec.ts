import * as fc from 'fast-check';
import { JsonTextError, parseExactly } from '../../../../src/common/json/parse-exactly';

const refusal = (source: string | Buffer): JsonTextError => {
  try {
    parseExactly(source);
  } catch (error) {
    if (error instanceof JsonTextError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

const pointerOf = (path: readonly (string | number)[]) =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

describe('parseExactly', () => {
  const hard =
    '{"a.b":1,"$set":{"x":1},"e":{},"l":[{},[],null],"d":"2026-01-01T00:00:00Z","_id":"x","toString":1,"length":3,"":"empty key","n":1.10}';

  it('returns the value as JSON.parse does, and the payload as it was written', () => {
    const parsed = parseExactly(Buffer.from(`{ "type":"echo", "payload" : ${hard} }`));
    expect(parsed.value).toEqual({ type: 'echo', payload: JSON.parse(hard) });
    expect(parsed.sourceOf('/payload')).toBe(hard);
    expect(parsed.sourceOf('/payload/n')).toBe('1.10');
    expect(parsed.sourceOf('/payload/')).toBe('"empty key"');
    expect(parsed.sourceOf('/payload/l/1')).toBe('[]');
  });

  it('finds the source of every value of any JSON by its pointer', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.nat(4), (json, indent) => {
        fc.pre(!json.includes('__proto__'));
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const parsed = parseExactly(text);
        const check = (value: unknown, path: (string | number)[]): void => {
          expect(JSON.parse(parsed.sourceOf(pointerOf(path)) ?? '')).toEqual(value);
          if (typeof value !== 'object' || value === null) return;
          for (const [key, member] of Object.entries(value)) check(member, [...path, key]);
        };
        check(JSON.parse(text), []);
      }),
    );
  });

  it.each(['/nothing', '/l/3', '/l/-1', '/l/01', '/l/toString', '/n/x', '/toString/length', '/__proto__'])(
    'finds nothing at %s',
    (pointer) => expect(parseExactly(hard).sourceOf(pointer)).toBeUndefined(),
  );

  it('keeps escaped lone surrogates as they were written', () => {
    expect(parseExactly('{"a":"\\ud800"}').sourceOf('/a')).toBe('"\\ud800"');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n'],
    ['a comment', '{"a":1} // no'],
    ['a comment inside', '[1,/* no */2]'],
    ['a trailing comma', '[1,]'],
    ['a trailing comma in an object', '{"a":1,}'],
    ['two values', '1 2'],
    ['an open bracket', '[1'],
    ['a leading zero', '01'],
    ['a plus', '+1'],
    ['NaN', 'NaN'],
    ['undefined', 'undefined'],
    ['single quotes', "{'a':1}"],
    ['a bare key', '{a:1}'],
    ['a raw line break in a string', '"a\nb"'],
    ['a bad escape', '"\\x41"'],
    ['another blank', '[1,\u00a02]'],
    ['a byte order mark', '\ufeff{}'],
  ])('refuses %s', (_name, text) => expect(refusal(Buffer.from(text)).code).toBe('malformed_json'));

  it('refuses whatever JSON.parse refuses, as a JsonTextError', () => {
    const alphabet = fc.constantFrom(...'{}[]:,"\\0123456789eE+-.tfn \n\u2028aul', 'true', 'null', '"a"');
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 12 }), (tokens) => {
        const text = tokens.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        fc.pre(!valid);
        expect(refusal(text).code).toBe('malformed_json');
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(refusal(Buffer.from([0x22, 0xc3, 0x22])).detail).toBe('The text is not valid UTF-8.');
    expect(refusal(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])).code).toBe('malformed_json');
  });

  it.each([
    ['a key twice', '{"a":1,"b":2,"a":1}'],
    ['a key twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['a key twice, deep inside', '[{"x":{"a":{},"a":{}}}]'],
    ['__proto__', '{"x":{"__proto__":{}}}'],
    ['__proto__, escaped', '{"__pr\\u006fto__":1}'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}'],
  ])('refuses %s', (_name, text) => expect(refusal(text).code).toBe('malformed_json'));

  it('accepts the keys constructor and prototype where they are harmless', () => {
    const text =
      '{"constructor":1,"prototype":{"constructor":{}},"x":[{"constructor":{"x":{"prototype":1}}}]}';
    expect(parseExactly(text).value).toEqual(JSON.parse(text));
  });

  it('says where a text is invalid without quoting it', () => {
    expect(refusal('{"password":\n "secret" x}').detail).toBe(
      'The text is not valid JSON (line 2, column 11).',
    );
  });

  describe('depth', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

    it('limits a payload to 64 levels, alone or in a batch', () => {
      for (const wrap of [
        (p: string) => `{"payload":${p}}`,
        (p: string) => `{"requests":[{"payload":1},{"payload":${p}}]}`,
      ]) {
        expect(parseExactly(wrap(nested(64))).value).toBeDefined();
        expect(refusal(wrap(nested(65))).code).toBe('payload_too_deep');
      }
    });

    it('allows a payload the same depth wherever it is in the body', () => {
      const deep = `{"payload":${'{"payload":'.repeat(64)}1${'}'.repeat(65)}`;
      expect(parseExactly(deep).value).toBeDefined();
      expect(refusal(deep.replace('1', '{}')).code).toBe('payload_too_deep');
      expect(refusal(`{"a":${nested(64)}}`).code).toBe('payload_too_deep');
      expect(refusal(`{"payload":[],"b":${nested(64)}}`).code).toBe('payload_too_deep');
    });

    it.each(['['.repeat(8_000), '['.repeat(500_000), '{"a":'.repeat(8_000), '[{"":'.repeat(100_000)])(
      'refuses thousands of levels at once, whether they are closed or not',
      (text) => expect(refusal(`{"payload":${text}`).code).toBe('payload_too_deep'),
    );
  });
});
