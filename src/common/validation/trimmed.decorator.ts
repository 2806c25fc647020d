import { Transform } from 'class-transformer';

/** Removes whitespace around a text. Anything that is not a text is left for the validator. */
export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
