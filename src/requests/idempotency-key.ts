import { Problem } from '../common/errors/problem';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** Reads an `Idempotency-Key` header. @throws Problem invalid_idempotency_key */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (!PRINTABLE.test(header))
    throw new Problem(
      'invalid_idempotency_key',
      'Idempotency-Key must be 1 to 255 printable ASCII characters.',
    );
  return header;
}
