import { Expose, plainToInstance, Type } from 'class-transformer';
import {
  toInstance,
  UnreadableValue,
  withMostFields,
} from '../../../../src/common/validation/bounded-transform';

class Inner {
  @Expose() a?: number;
}

class Outer {
  @Type(() => Inner) list?: Inner[];
  /** Any JSON. */
  @Type(() => Boolean) any?: unknown;
}

const fields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i]));
const read =
  (plain: unknown, mostFields = 100_000) =>
  () =>
    plainToInstance(Outer, plain, withMostFields(mostFields));

it('a bounded transform makes an instance of a value within the bounds', () => {
  expect(toInstance(Outer, { list: [{ a: 1 }] })).toEqual(
    Object.assign(new Outer(), { list: [Object.assign(new Inner(), { a: 1 })] }),
  );
});

it('a bounded transform limits the fields of one object of a class', () => {
  expect(read(fields(1000))).not.toThrow();
  expect(read(fields(1001))).toThrow(UnreadableValue);
});

it('a bounded transform limits the items of a list, but not those of arbitrary JSON', () => {
  const items = (count: number) => Array.from({ length: count }, () => ({}));
  expect(read({ list: items(1000) })).not.toThrow();
  expect(read({ list: items(1001) })).toThrow(UnreadableValue);
  expect(read({ any: items(1001) })).not.toThrow();
});

it('a bounded transform limits the fields of all objects together: each object and each field counts as one', () => {
  const plain = { list: [{ a: 1 }, { a: 1 }] }; // 1 for the object and 1 for its field, then twice 1 + 1
  expect(read(plain, 6)).not.toThrow();
  expect(read(plain, 5)).toThrow(UnreadableValue);
});
