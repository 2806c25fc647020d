import { plainToInstance } from 'class-transformer';
import { AnyJson } from '../../../../src/common/json/any-json.decorator';

class Dto {
  @AnyJson() value: unknown;
}

describe('AnyJson', () => {
  it.each([
    '{"constructor":1,"toString":2,"then":3,"hasOwnProperty":{"constructor":"x"},"":{}}',
    '[[{"constructor":null}],{},"a",0]',
    'null',
    'false',
    '0',
    '"text"',
  ])('keeps %s as it is', (text) => {
    expect(plainToInstance(Dto, { value: JSON.parse(text) as unknown }).value).toEqual(JSON.parse(text));
  });

  it('leaves out undefined fields', () => {
    expect(plainToInstance(Dto, {}).value).toBeUndefined();
  });
});
