import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { unknownField } from '../../common/errors/field-errors';
import { FieldError, invalidFields } from '../../common/errors/problem';

/**
 * Refuses a body on a route that reads none: a client that sends `{"all": true}` where `all` is a query parameter must
 * not believe that it took effect. A guard, not an interceptor: a route without interceptors needs no rxjs, which took
 * 5 % of an accept. Every route without `@Authenticated()` reads its body, or is a GET.
 * @throws Problem validation_failed
 */
@Injectable()
export class UnreadBodyGuard implements CanActivate {
  /** Whether a route's method reads a body. */
  private readonly readers = new Map<object, boolean>();

  canActivate(context: ExecutionContext): boolean {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body === undefined || body === null || this.readsBody(context)) return true;
    const said = fieldsOf(body);
    if (said.length > 0) throw invalidFields(said);
    return true;
  }

  private readsBody(context: ExecutionContext): boolean {
    const route = context.getHandler();
    const reads = this.readers.get(route) ?? readsBody(context);
    this.readers.set(route, reads);
    return reads;
  }
}

/** Whether the route's method has a `@Body()` parameter. Nest stores parameters by kind and position. */
function readsBody(context: ExecutionContext): boolean {
  const parameters = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) as Record<string, unknown> | undefined;
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

const fieldsOf = (body: unknown): FieldError[] =>
  typeof body === 'object' && body !== null
    ? Object.keys(body).map((key) => unknownField(key))
    : [{ pointer: '', code: 'unknown_field', detail: 'this call takes no body' }];
