import { createParamDecorator, ExecutionContext } from '@nestjs/common';

/** A parsed JSON body that still knows its source text. */
export interface BodySource {
  /** The exact text of the value at a JSON Pointer; undefined if there is none. */
  sourceOf(pointer: string): string | undefined;
}

const SOURCE = Symbol('source of the body');
type WithSource = { [SOURCE]?: BodySource };

/** Keeps the source of a request's body beside it; called by the body parser. */
export function keepBodySource(request: object, source: BodySource): void {
  (request as WithSource)[SOURCE] = source;
}

/**
 * The body's source, to read the exact texts of its values from.
 * @example `enqueue(@Body() dto: EnqueueDto, @ExactBody() body: BodySource)`, `body.sourceOf('/payload')`
 */
export const ExactBody = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<WithSource>()[SOURCE],
);
