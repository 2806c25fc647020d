import { createParamDecorator, ExecutionContext } from '@nestjs/common';

/** A parsed JSON body that still knows its source text. */
export interface SourceOf {
  /** The exact text of the value at a JSON Pointer; undefined if there is none. */
  sourceOf(pointer: string): string | undefined;
}

const SOURCE = Symbol('source of the body');
type WithSource = { [SOURCE]?: SourceOf };

/** Keeps the source of a request's body beside it; called by the body parser. */
export function keepBodySource(request: object, source: SourceOf): void {
  (request as WithSource)[SOURCE] = source;
}

/**
 * The exact JSON text of the body's value at a JSON Pointer, as it was sent (`''`: the whole body); undefined if
 * the body has no such value.
 * @example `enqueue(@Body() dto: EnqueueDto, @BodySource('/payload') payload: string | undefined)`
 */
export const BodySource = createParamDecorator((pointer: string, context: ExecutionContext) =>
  context.switchToHttp().getRequest<WithSource>()[SOURCE]?.sourceOf(pointer),
);

/** The body's source itself, where pointers are only known while it is read (a batch). */
export const ExactBody = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<WithSource>()[SOURCE],
);
