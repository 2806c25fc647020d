import { Injectable, OnModuleInit, Optional } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { toInstance } from '../common/validation/bounded-transform';
import type { FieldError } from '../common/errors/problem';
import { EventBus } from '../events/event-bus';
import { AttemptFailure } from './failures';
import type { Handler, RequestContext } from './handler';
import { LANE_NAME } from '../config/lanes';
import { TYPE_NAME } from './type-name';
import { payloadErrors } from './payload-validation';
import { RequestHandlerMetadata, requestHandlerMetadata } from './request-handler.decorator';

/** A handler with the options of its decorator. */
export interface RegisteredHandler extends RequestHandlerMetadata {
  readonly handler: Handler;
}

/** All handlers of this process by type. Found once, when the application starts. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  private readonly byType = new Map<string, RegisteredHandler>();

  /** @param events undefined where a handler is tested alone */
  constructor(
    private readonly discovery: DiscoveryService,
    @Optional() private readonly events?: EventBus,
  ) {}

  /** @throws Error with a sentence for the operator if a type has two handlers, or a handler cannot serve */
  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const instance = wrapper.instance as Partial<Handler> | null | undefined;
      const target = instance?.constructor ?? wrapper.metatype;
      const metadata = typeof target === 'function' ? requestHandlerMetadata(target) : undefined;
      if (metadata === undefined || typeof target !== 'function') continue;
      if (!wrapper.isDependencyTreeStatic())
        throw new Error(
          `${target.name} handles "${metadata.type}" and must be a singleton, not request-scoped.`,
        );
      this.register(metadata, target.name, instance);
      this.events?.emit('type.handled', { type: metadata.type });
    }
  }

  has(type: string): boolean {
    return this.byType.has(type);
  }

  get(type: string): RegisteredHandler | undefined {
    return this.byType.get(type);
  }

  /** All handlers, sorted by type. */
  types(): RegisteredHandler[] {
    return [...this.byType.values()].sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  /**
   * The errors of a parsed payload for this type, with pointers such as `/payload/url`. Empty if it is valid, if its
   * handler accepts any payload, or if the type is unknown (see `has`).
   */
  validate(type: string, payload: unknown): FieldError[] {
    const payloadClass = this.byType.get(type)?.payload;
    return payloadClass === undefined ? [] : payloadErrors(payloadClass, payload);
  }

  /** The target of a request, if its handler defines one. Attempts to one target hold at most a share of the slots. */
  targetOf(type: string, payload: () => unknown): string | undefined {
    const target = this.byType.get(type)?.target;
    if (target === undefined) return undefined;
    try {
      return target(payload());
    } catch {
      return undefined; // the attempt fails for the same reason, and reports it
    }
  }

  /**
   * Runs one attempt: passes the parsed payload to the handler of the context's type.
   * @param payload parses it; default: parses the context's payload text
   * @returns the handler's result, once the handler has really ended (P1)
   * @throws whatever the handler throws; AttemptFailure `unknown_type`, which is retried, if this process has no such
   * handler, as can happen during a rolling upgrade
   */
  async run(
    context: RequestContext,
    payload: () => unknown = () => JSON.parse(context.payloadText) as unknown,
  ): Promise<unknown> {
    const registered = this.byType.get(context.type);
    if (registered === undefined)
      throw new AttemptFailure('This worker has no handler of the type.', { code: 'unknown_type' });
    const { payload: payloadClass, handler } = registered;
    const parsed = payload();
    return handler.handle(payloadClass === undefined ? parsed : toInstance(payloadClass, parsed), context);
  }

  private register(
    metadata: RequestHandlerMetadata,
    name: string,
    instance: Partial<Handler> | null | undefined,
  ): void {
    const { type } = metadata;
    if (!TYPE_NAME.test(type))
      throw new Error(`${name}: "${type}" is not a request type; it must be 1 to 64 of a-z 0-9 . _ -`);
    if (metadata.lane !== undefined && !LANE_NAME.test(metadata.lane))
      throw new Error(
        `${name}: "${metadata.lane}" is not a lane; it must be 1 to 32 of a-z 0-9 -, the first no -`,
      );
    if (typeof instance?.handle !== 'function')
      throw new Error(`${name} handles "${type}" but has no method handle(payload, context).`);
    const handler = instance as Handler;
    const other = this.byType.get(type)?.handler;
    if (other === handler) return; // the same handler under a second token
    if (other !== undefined)
      throw new Error(`The request type "${type}" has two handlers: ${other.constructor.name} and ${name}.`);
    this.byType.set(type, { ...metadata, handler });
  }
}
