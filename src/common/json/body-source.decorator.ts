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
 * The body's source, to read the exact texts of its values from.
 * @example `enqueue(@Body() dto: EnqueueDto, @ExactBody() body: SourceOf)`, `body.sourceOf('/payload')`
 */
export const ExactBody = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<WithSource>()[SOURCE],
);
