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

it('makes an instance of a value within the bounds', () => {
  expect(toInstance(Outer, { list: [{ a: 1 }] })).toEqual(
    Object.assign(new Outer(), { list: [Object.assign(new Inner(), { a: 1 })] }),
  );
});

it('bounds the fields of one object of a class', () => {
  expect(read(fields(1000))).not.toThrow();
  expect(read(fields(1001))).toThrow(UnreadableValue);
});

it('bounds the items of a list, but not in any JSON', () => {
  const items = (count: number) => Array.from({ length: count }, () => ({}));
  expect(read({ list: items(1000) })).not.toThrow();
  expect(read({ list: items(1001) })).toThrow(UnreadableValue);
  expect(read({ any: items(1001) })).not.toThrow();
});

it('bounds the fields of all objects together: each object counts as one, and each field', () => {
  const plain = { list: [{ a: 1 }, { a: 1 }] }; // 1 + 1, twice 1 + 1
  expect(read(plain, 6)).not.toThrow();
  expect(read(plain, 5)).toThrow(UnreadableValue);
});
