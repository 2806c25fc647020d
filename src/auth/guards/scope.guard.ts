import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Scope, SCOPES_OF_QUEUE } from '../access/scopes';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { FOR_PORTAL } from './for-portal.decorator';
import { forbidden } from './refusals';
import { REQUIRED_SCOPE } from './require-scope.decorator';

/**
 * Checks that the caller may use the route (`@RequireScope()`). A route that names no scope is for logins only: if the
 * decorator is forgotten, the route is closed to keys, not open. In the same way, a controller without `@ForPortal()`
 * is closed to portal links.
 * @throws Problem forbidden
 */
@Injectable()
export class ScopeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { user } = context.switchToHttp().getRequest<{ user: AuthenticatedUser }>();
    const needed = this.reflector.getAllAndOverride<Scope | undefined>(REQUIRED_SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    const { kind } = user.credential;
    const isForPortal = this.reflector.getAllAndOverride<true | undefined>(FOR_PORTAL, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (kind === 'portal' && !isForPortal) throw forbidden('A portal link cannot do this.');
    if (needed === undefined && kind !== 'session')
      throw forbidden('An API key cannot do this: log in and send the access token.');
    if (needed !== undefined && !user.scopes.has(needed))
      throw forbidden(
        user.scopes.has('act-as') && SCOPES_OF_QUEUE.has(needed)
          ? 'A key with the scope `act-as` acts for a customer: name the customer in Turnwise-User.'
          : `This requires the scope \`${needed}\`.`,
      );
    return true;
  }
}
