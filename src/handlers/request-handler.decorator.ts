import { applyDecorators, Injectable, SetMetadata, Type } from '@nestjs/common';

export interface RequestHandlerOptions {
  /** The class that payloads are validated by, unknown fields refused. Without one any JSON value is a payload. */
  readonly payload?: Type<object>;
  /** One sentence that describes the type. */
  readonly description?: string;
  /** A valid payload. */
  readonly example?: unknown;
  /** The pool of workers that serves this type (WORKER_LANES); without one it is `main`, as most are. */
  readonly lane?: string;
  /**
   * What a payload is sent to, as the host of a URL: attempts with the same answer hold a share of a process's slots at most
   * (WORKER_TARGET_SHARE). Given the parsed payload; called before each attempt.
   */
  readonly target?: (payload: unknown) => string;
}

/** What the decorator says of its class. */
export interface RequestHandlerMetadata extends RequestHandlerOptions {
  readonly type: string;
}

const METADATA = 'turnwise:request-handler';

/**
 * Makes a provider the handler of a request type; the class implements `Handler`. It is found wherever it is
 * provided, and must be a singleton, the only one of its type in the process.
 * @param type 1 to 64 of `a-z 0-9 . _ -`
 */
export const RequestHandler = (type: string, options: RequestHandlerOptions = {}): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(METADATA, { type, ...options }));

/** The options of a class's `@RequestHandler`; undefined if it has none. */
export const requestHandlerMetadata = (target: object): RequestHandlerMetadata | undefined =>
  Reflect.getOwnMetadata(METADATA, target) as RequestHandlerMetadata | undefined;
