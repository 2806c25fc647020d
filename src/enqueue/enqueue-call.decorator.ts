import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AuthenticatedUser } from '../auth/access/authenticated-user';
import { bodySourceOf } from '../common/json/body-source.decorator';
import { Problem } from '../common/errors/problem';
import { traceparentOf } from '../common/trace/traceparent';

/** What an enqueue reads from its call besides the DTO of the body. */
export interface EnqueueCall {
  readonly caller: AuthenticatedUser;
  /** The exact text of the body's value at a JSON Pointer; undefined if there is none. */
  readonly sourceOf: (pointer: string) => string | undefined;
  /** The hash of the body's content. */
  readonly bodyHash: () => string;
  readonly idempotencyKey: string | undefined;
  /** The `traceparent` of the call's own span; undefined if the call is not traced. */
  readonly traceparent: string | undefined;
}

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/**
 * An EnqueueCall. One parameter, not four: Nest sends each value of a parameter decorator through the pipes of the
 * route, which takes 3 kB and half a dozen promises each.
 * @throws Problem invalid_idempotency_key
 */
export const CurrentCall = createParamDecorator((_: unknown, context: ExecutionContext): EnqueueCall => {
  const call = context.switchToHttp().getRequest<FastifyRequest & { user: AuthenticatedUser }>();
  const keys = call.raw.headersDistinct['idempotency-key'];
  return {
    caller: call.user,
    sourceOf: (pointer) => bodySourceOf(call)?.sourceOf(pointer),
    bodyHash: () => bodySourceOf(call)?.hash() ?? '',
    idempotencyKey: keys && keyOf(keys),
    traceparent: traceparentOf(call),
  };
});

function keyOf([key = '', ...others]: readonly string[]): string {
  if (others.length > 0 || !PRINTABLE.test(key))
    throw new Problem(
      'invalid_idempotency_key',
      'Idempotency-Key must be one key of 1 to 255 printable ASCII characters.',
    );
  return key;
}
