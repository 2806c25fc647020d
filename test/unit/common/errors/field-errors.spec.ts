import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateNested,
  validateSync,
} from 'class-validator';
import { toInstance } from '../../../../src/common/validation/bounded-transform';
import { fieldErrors } from '../../../../src/common/errors/field-errors';
import { IfGiven } from '../../../../src/common/validation/if-given.decorator';
import { Unique } from '../../../../src/common/validation/unique.decorator';

class Part {
  @IsInt() @Min(1) count: number;
}

class Thing {
  @IsString() @Length(1, 3) name: string;
  @IfGiven() @IsInt() @Min(1) @Max(9) size?: number;
  @IfGiven() @IsIn(['queued', 'failed']) status?: string;
  @IfGiven() @MinLength(8) password?: string;
  @IfGiven() @IsArray() @ArrayNotEmpty() @IsString({ each: true }) @Unique() tags?: string[];
  @IfGiven() @IsObject() @ValidateNested() @Type(() => Part) part?: Part;
  @IfGiven() @Matches(/^#/, { message: 'color must begin with #' }) color?: string;
}

const said = (value: object) => {
  const found = validateSync(toInstance(Thing, value), { whitelist: true, forbidNonWhitelisted: true });
  return fieldErrors(found).map(({ pointer, code, detail }) => [pointer, code, detail]);
};

it.each<[object, string, string, string]>([
  [{}, '/name', 'is_string', 'name is missing'],
  [{ name: 1 }, '/name', 'is_string', 'name must be a string, and is 1'],
  [{ name: 'long' }, '/name', 'is_length', 'name must have 1 to 3 characters, and has 4'],
  [{ name: 'a', size: 'x' }, '/size', 'is_int', 'size must be a whole number, and is a string'],
  [{ name: 'a', size: 1.5 }, '/size', 'is_int', 'size must be a whole number, and is 1.5'],
  [{ name: 'a', size: null }, '/size', 'is_int', 'size must be a whole number, and is null'],
  [{ name: 'a', size: 0 }, '/size', 'min', 'size must be at least 1, and is 0'],
  [{ name: 'a', size: 10 }, '/size', 'max', 'size must be at most 9, and is 10'],
  [
    { name: 'a', status: 'faild' },
    '/status',
    'is_in',
    'status must be one of queued, failed; did you mean failed?',
  ],
  [
    { name: 'a', password: 'hunter2' },
    '/password',
    'min_length',
    'password must have 8 or more characters, and has 7',
  ],
  [{ name: 'a', tags: {} }, '/tags', 'is_array', 'tags must be an array, and is an object'],
  [{ name: 'a', tags: [] }, '/tags', 'array_not_empty', 'tags must have an item, and has 0'],
  [{ name: 'a', tags: [1] }, '/tags', 'is_string', 'each item of tags must be a string'],
  [{ name: 'a', tags: ['b', 'b'] }, '/tags', 'array_unique', 'tags must not have an item twice'],
  [
    { name: 'a', part: { count: true } },
    '/part/count',
    'is_int',
    'count must be a whole number, and is a boolean',
  ],
  [{ name: 'a', part: 1 }, '/part', 'is_object', 'part must be an object, and is 1'],
  [{ name: 'a', color: 'red' }, '/color', 'matches', 'color must begin with #'],
  [{ name: 'a', Size: 1 }, '/Size', 'unknown_field', 'there is no field Size here; did you mean size?'],
])('the error of %j is one sentence: what was expected, and what was received', (value, ...error) => {
  expect(said(value)).toEqual([error]);
});
