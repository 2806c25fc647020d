import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { EventLog } from '../../common/log/event-log';
import { Problem } from '../../common/errors/problem';
import type { AuthenticatedUser } from '../access/authenticated-user';

/** Methods that change nothing; Fastify answers HEAD by the route of GET. */
const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Logs every change by an admin with its actor: one line when the change is done or has failed. `params` are those of
 * the path, so they name the user and the request.
 */
@Injectable()
export class AdminActions implements NestInterceptor {
  private readonly log = new EventLog(AdminActions.name);

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const call = context.switchToHttp().getRequest<FastifyRequest & { user: AuthenticatedUser }>();
    if (READS.has(call.method)) return next.handle();
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
        error: (error: unknown) => say(error instanceof Problem ? error.code : 'internal'),
      }),
    );
  }
}
