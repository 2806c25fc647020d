import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { EventLog } from '../../common/log/event-log';
import { errorCodeOf } from '../../common/errors/problem';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { WITH_PREVIEW } from './with-preview.decorator';

/** Methods that change nothing; Fastify answers HEAD by the route of GET. */
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

type AdminCall = FastifyRequest<{ Body?: { preview?: unknown } }> & { user: AuthenticatedUser };

/**
 * Logs every change by an admin with its actor: one line when the change is done or has failed. `params` are those of
 * the path, so they name the user and the request. A preview changes nothing.
 */
@Injectable()
export class AdminActions implements NestInterceptor {
  private readonly log = new EventLog(AdminActions.name);

  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = context.switchToHttp().getRequest<AdminCall>();
    const mayPreview = this.reflector.get<true | undefined>(WITH_PREVIEW, context.getHandler());
    const isPreview = mayPreview === true && call.body?.preview === true;
    if (READS.has(call.method) || isPreview) return next.handle();
    const { credential } = call.user;
    const say = (outcome: string) =>
      this.log.write('admin.action', {
        action: `${call.method} ${call.routeOptions.url}`,
        params: call.params,
        actor: credential.accountId,
        credential: credential.kind,
        credentialId: credential.id,
        address: call.ip,
        callId: call.id,
        outcome,
      });
    return next.handle().pipe(
      tap({
        next: () => say('done'),
        error: (error: unknown) => say(errorCodeOf(error)),
      }),
    );
  }
}
