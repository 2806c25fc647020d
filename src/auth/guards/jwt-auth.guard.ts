import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Problem } from '../../common/errors/problem';
import { SessionCheck } from '../sessions/session-check';
import type { AuthenticatedUser } from './authenticated-user';

/**
 * Lets in whoever has an access token of ours whose session still stands.
 * @throws Problem unauthorized
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly sessions: SessionCheck) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const { user } = context.switchToHttp().getRequest<{ user: AuthenticatedUser }>();
    if ((await this.sessions.userOf(user.sessionId)) !== user.userId) throw unauthorized();
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false | null | undefined): T {
    if (error instanceof Error) throw error;
    if (!user) throw unauthorized();
    return user;
  }
}

/** The same words for a missing, a forged, an expired and an ended token. */
export const unauthorized = (): Problem =>
  new Problem('unauthorized', 'Send an access token that is still good: Authorization: Bearer <token>.', {
    headers: { 'www-authenticate': 'Bearer' },
  });
