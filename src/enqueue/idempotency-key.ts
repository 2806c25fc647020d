import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../common/errors/problem';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** The `Idempotency-Key` header, if there is one. @throws Problem invalid_idempotency_key */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().raw.headersDistinct['idempotency-key'];
  return given && keyOf(given);
});

function keyOf([key = '', ...others]: readonly string[]): string {
  if (others.length > 0 || !PRINTABLE.test(key))
    throw new Problem(
      'invalid_idempotency_key',
      'Idempotency-Key must be one key of 1 to 255 printable ASCII characters.',
    );
  return key;
}
