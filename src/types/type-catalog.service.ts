import { Injectable } from '@nestjs/common';
import { HandlerRegistry, RegisteredHandler } from '../handlers/handler-registry.service';
import { MAIN_LANE } from '../config/lanes';
import { ExternalTypes } from './external-types.service';
import { handlerSchema } from './handler-schema';
import { REQUEST_DEFAULTS, type RequestType } from './request-type';

/** All request types: those of this server's handlers, and those of external workers. */
@Injectable()
export class TypeCatalog {
  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly external: ExternalTypes,
  ) {}

  /** Undefined if the type is not served. A handler's type takes precedence over a declared one. */
  async find(type: string): Promise<RequestType | undefined> {
    const handler = this.handlers.get(type);
    return handler === undefined ? this.external.find(type) : this.typeOf(handler);
  }

  /** Whether a handler of this server serves the type. */
  isHandled(type: string): boolean {
    return this.handlers.has(type);
  }

  /** All types, sorted by name. */
  async list(): Promise<RequestType[]> {
    const handled = this.handlers.types().map((handler) => this.typeOf(handler));
    const declared = (await this.external.all()).filter(({ type }) => !this.isHandled(type));
    return [...handled, ...declared].sort((a, b) => (a.type < b.type ? -1 : 1));
  }

  private typeOf({ type, lane, description, example, payload }: RegisteredHandler): RequestType {
    const { handlers } = this;
    return {
      type,
      external: false,
      lane: lane ?? MAIN_LANE,
      description,
      example,
      timeoutMs: REQUEST_DEFAULTS.timeoutMs,
      get payloadSchema() {
        return payload === undefined ? undefined : handlerSchema(payload);
      },
      validate: (parsed) => handlers.validate(type, parsed),
    };
  }
}
