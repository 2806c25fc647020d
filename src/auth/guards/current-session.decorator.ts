import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { AuthenticatedUser } from '../access/authenticated-user';

/** The logged-in user and the session. */
export interface LoggedIn {
  readonly userId: string;
  readonly sessionId: string;
}

/** The caller, a LoggedIn, on `@Authenticated()` routes without `@RequireScope()`: only logins reach those. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): LoggedIn => {
  const { credential } = context.switchToHttp().getRequest<{ user: AuthenticatedUser }>().user;
  return { userId: credential.accountId, sessionId: credential.id };
});
