import { Transform } from 'class-transformer';

/** Converts digits in a query to a whole number. The validator reports anything else. */
export const ToInteger = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  );
