import * as fc from 'fast-check';
import { JsonText, stringifyWithTexts } from '../../../../src/common/json/json-text';

describe('stringifyWithTexts', () => {
  it('is JSON.stringify if there are no texts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => expect(stringifyWithTexts(value)).toBe(JSON.stringify(value))),
    );
    expect(stringifyWithTexts(undefined)).toBe('null');
  });

  it('inserts texts unchanged, at any place', () => {
    const item = { payload: new JsonText('{"n": 1.10,\n"n2":1e400}'), result: new JsonText('"\\u2028"') };
    expect(stringifyWithTexts({ items: [item, item], last: new JsonText('null') })).toBe(
      '{"items":[{"payload":{"n": 1.10,\n"n2":1e400},"result":"\\u2028"},{"payload":{"n": 1.10,\n"n2":1e400},"result":"\\u2028"}],"last":null}',
    );
    expect(stringifyWithTexts(new JsonText('1.0'))).toBe('1.0');
  });

  it('keeps any text, next to any strings', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.json())), (pairs) => {
        const spliced = stringifyWithTexts(pairs.map(([text, json]) => ({ text, json: new JsonText(json) })));
        expect(spliced).toBe(
          `[${pairs.map(([text, json]) => `{"text":${JSON.stringify(text)},"json":${json}}`).join(',')}]`,
        );
      }),
    );
  });

  it('is not fooled by a string that looks like its placeholder for a text', () => {
    // What an attacker could learn: the placeholder of an earlier answer.
    let seen = '';
    const spy = { toJSON: () => (seen = new JsonText('1').toJSON() as string) };
    stringifyWithTexts(spy);
    expect(seen).not.toBe('');
    const answer = stringifyWithTexts({ a: seen, [seen]: `"${seen}"`, b: new JsonText('1.0') });
    expect(answer).toBe(
      `{"a":${JSON.stringify(seen)},${JSON.stringify(seen)}:${JSON.stringify(`"${seen}"`)},"b":1.0}`,
    );
  });

  it('gives an equal value to a plain JSON.stringify, also after a failed call', () => {
    const cyclic: { text: JsonText; self?: unknown } = { text: new JsonText('1') };
    cyclic.self = cyclic;
    expect(() => stringifyWithTexts(cyclic)).toThrow(TypeError);
    expect(JSON.stringify({ a: new JsonText('{"n":1.10}') })).toBe('{"a":{"n":1.1}}');
  });
});
