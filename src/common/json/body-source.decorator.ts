import { createParamDecorator, ExecutionContext } from '@nestjs/common';

/** A parsed JSON body with its source text. */
export interface BodySource {
  /** The exact text of the value at a JSON Pointer; undefined if there is none. */
  sourceOf(pointer: string): string | undefined;
  /** The hash of the body's content (`canonicalHash`). Takes time like a parse, of the same share. */
  hash(): string;
}

const SOURCE = Symbol('source of the body');
type WithSource = { [SOURCE]?: BodySource | undefined };

/** Stores the source of a request's body with the request; called by the body parser. */
export function keepBodySource(request: object, source: BodySource): void {
  (request as WithSource)[SOURCE] = source;
}

/** The source of a call's body; undefined if it has none. */
export const bodySourceOf = (call: object): BodySource | undefined => (call as WithSource)[SOURCE];

/**
 * Lets go of a call's body and of its source, once both were read: a call that waits for a minute would keep a megabyte for as
 * long, and an account may have a thousand of them. (P5)
 */
export function forgetBody(call: WithSource & { body?: unknown }): void {
  call[SOURCE] = undefined;
  call.body = undefined;
}

/**
 * The source of the body, to read the exact texts of its values.
 * @example `complete(@Body() dto: CompleteDto, @ExactBody() body: BodySource)`, `body.sourceOf('/payload')`
 */
export const ExactBody = createParamDecorator((_: unknown, context: ExecutionContext) =>
  bodySourceOf(context.switchToHttp().getRequest<object>()),
);
