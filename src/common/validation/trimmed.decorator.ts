import { Transform } from 'class-transformer';

/** Blanks around a text are not part of it. What is no text is left for the validator to name. */
export const Trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
