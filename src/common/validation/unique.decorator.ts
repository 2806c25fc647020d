import { Sound } from './sound.decorator';

/** No item of the array is there twice. (class-validator's ArrayUnique compares each with all others: P5) */
export const Unique = (): PropertyDecorator =>
  Sound('arrayUnique', (value) =>
    Array.isArray(value) && new Set(value).size < value.length
      ? '$property must not have an item twice'
      : undefined,
  );
