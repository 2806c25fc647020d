import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Problem } from '../common/errors/problem';
import { escapeToken } from '../common/json/pointer-token';

/**
 * Refuses what is said in the body of a call that reads none: whoever sends `{"all": true}` to a route that takes it as a
 * parameter is not to believe that it was heard.
 */
@Injectable()
export class UnreadBodyInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { body } = context.switchToHttp().getRequest<FastifyRequest>();
    const said =
      typeof body === 'object' && body !== null
        ? Object.keys(body)
        : body === undefined || body === null
          ? []
          : [''];
    if (said.length > 0 && !readsBody(context)) throw unread(said);
    return next.handle();
  }
}

/** Whether the route's method has a parameter with `@Body()`; Nest keeps them by kind and place. */
function readsBody(context: ExecutionContext): boolean {
  const parameters = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) as Record<string, unknown> | undefined;
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

function unread(fields: readonly string[]): Problem {
  const errors = fields.map((field) => ({
    pointer: field === '' ? '' : `/${escapeToken(field)}`,
    code: 'unknown_field',
    detail: field === '' ? 'there should be no body' : `property ${field} should not exist`,
  }));
  return new Problem('validation_failed', errors.map(({ detail }) => detail).join('; '), { errors });
}
