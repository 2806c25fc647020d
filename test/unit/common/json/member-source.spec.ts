import * as fc from 'fast-check';
import { memberSource } from '../../../../src/common/json/member-source';
import { parseExactly } from '../../../../src/common/json/parse-exactly';
import { escapeToken } from '../../../../src/common/json/pointer-token';

describe('memberSource', () => {
  it.each([
    '{"body":1.10}',
    '{ "body": [1, 2] }',
    '{"2":1,"1":2,"body":"\\u0041"}',
    '{"body":null}',
    '{"other":1}',
    '{"body":{"a":1}}',
    '{"a":{"body":1},"body":[[",:}"],{"body":2}] ,"b":"body"}',
    '{"bo\\u0064y":"a\\\\\\"}","x":1}',
    '["body",{"body":1}]',
    '"body"',
    '{}',
  ])('returns the member of %s as parseExactly does', (text) =>
    expect(memberSource(text, 'body')).toBe(parseExactly(text).sourceOf('/body')),
  );

  it('returns any member of any object as parseExactly does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(2), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        fc.pre(!text.includes('__proto__'));
        for (const name of [...Object.keys(object), 'none'])
          expect(memberSource(text, name)).toBe(parseExactly(text).sourceOf(`/${escapeToken(name)}`));
      }),
    );
  });
});
