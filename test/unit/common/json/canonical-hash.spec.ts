import * as fc from 'fast-check';
import { canonicalHash } from '../../../../src/common/json/canonical-hash';

/** The same value written differently: keys shuffled, blanks inserted, letters of strings escaped. */
const rewritten = (value: unknown): string => {
  if (typeof value === 'string')
    return `"${[...Array(value.length).keys()].map((i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
  if (Array.isArray(value)) return `[ ${value.map(rewritten).join(' ,\n')} ]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).reverse();
    return `{\t${members.map(([key, member]) => `${rewritten(key)} : ${rewritten(member)}`).join(',\r\n')}}`;
  }
  return JSON.stringify(value);
};

describe('canonicalHash', () => {
  it('ignores the order of keys, blanks and escapes', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        fc.pre(!json.includes('__proto__'));
        expect(canonicalHash(rewritten(JSON.parse(json)))).toBe(canonicalHash(json));
      }),
    );
  });

  it('distinguishes different values', () => {
    fc.assert(
      fc.property(fc.json(), fc.json(), (a, b) => {
        fc.pre(!`${a}${b}`.includes('__proto__'));
        const sorted = (json: string) => rewritten(JSON.parse(json)).split('').sort().join('');
        fc.pre(sorted(a) !== sorted(b));
        expect(canonicalHash(a)).not.toBe(canonicalHash(b));
      }),
    );
  });

  it('returns what is stored with requests of earlier versions', () => {
    const text = '{"b":[1.0,{},"\\u0041\\n\\u00e9"],"a":null,"\\u0061b":{"y":-0,"x":true}}';
    expect(canonicalHash(text)).toBe('5tNgWf5r2VCQMPXRweoTMg3uV8qi2M2AAwhuhQ1CCXo');
  });

  it.each([
    ['[1,2]', '[2,1]'],
    ['[[1],2]', '[[1,2]]'],
    ['{"a":1}', '{"a":"1"}'],
    ['1.0', '1'],
    ['12345678901234567890', '12345678901234567891'],
    ['{}', '[]'],
    ['{"a":{"b":1}}', '{"a":{},"b":1}'],
    ['["a","b"]', '["a,b"]'],
    ['null', '"null"'],
    ['{"":1}', '{}'],
  ])('distinguishes %s and %s', (a, b) => expect(canonicalHash(a)).not.toBe(canonicalHash(b)));
});
