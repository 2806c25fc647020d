import { applyDecorators, Injectable, SetMetadata, Type } from '@nestjs/common';

export interface RequestHandlerOptions {
  /** The class that validates payloads; unknown fields are refused. If omitted, any JSON value is valid. */
  readonly payload?: Type<object>;
  /** One sentence that describes the type. */
  readonly description?: string;
  /** A valid payload. */
  readonly example?: unknown;
  /** The lane of the workers that serve this type (WORKER_LANES). Default: `main`. */
  readonly lane?: string;
  /**
   * Where a payload is sent, such as the host of a URL. Attempts with the same target hold at most a share of a
   * process's slots (WORKER_TARGET_SHARE). Receives the parsed payload; called before each attempt.
   */
  readonly target?: (payload: unknown) => string;
}

/** The options of the decorator, with the type. */
export interface RequestHandlerMetadata extends RequestHandlerOptions {
  readonly type: string;
}

const METADATA = 'turnwise:request-handler';

/**
 * Makes a provider the handler of a request type. The class implements `Handler`. It is found in any module, and must
 * be a singleton, the only one for its type in the process.
 * @param type 1 to 64 of `a-z 0-9 . _ -`
 */
export const RequestHandler = (type: string, options: RequestHandlerOptions = {}): ClassDecorator =>
  applyDecorators(Injectable(), SetMetadata(METADATA, { type, ...options }));

/** The options of a class's `@RequestHandler`; undefined if it has none. */
export const requestHandlerMetadata = (target: object): RequestHandlerMetadata | undefined =>
  Reflect.getOwnMetadata(METADATA, target) as RequestHandlerMetadata | undefined;
