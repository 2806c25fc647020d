import { Sound } from './sound.decorator';

/** The array has no duplicates. (class-validator's ArrayUnique compares each item with all others: P5) */
export const Unique = (): PropertyDecorator =>
  Sound('arrayUnique', (value) =>
    Array.isArray(value) && new Set(value).size < value.length
      ? '$property must not have an item twice'
      : undefined,
  );
