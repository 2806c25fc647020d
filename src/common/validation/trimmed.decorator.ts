import { Transform } from 'class-transformer';

/** Removes whitespace around a text. The validator reports anything that is not a text. */
export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
