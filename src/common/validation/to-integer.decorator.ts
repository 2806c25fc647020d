import { Transform } from 'class-transformer';

/** A whole number written in digits, in a query; anything else is left for the validator to name. */
export const ToInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
