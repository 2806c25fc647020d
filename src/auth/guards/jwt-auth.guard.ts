import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { SECOND_MS } from '../../common/time';
import { AccessCheck } from '../access/access-check';
import type { AuthenticatedUser } from './authenticated-user';
import type { VerifiedClaims } from './jwt.strategy';
import { unauthorized } from './unauthorized';

/**
 * Lets in whoever has an access token of ours whose session, and account, still stand.
 * @throws Problem unauthorized
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly access: AccessCheck) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const request = context.switchToHttp().getRequest<{ user: VerifiedClaims | AuthenticatedUser }>();
    const { sid, sub, exp } = request.user as VerifiedClaims;
    const user = await this.access.ofSession(sid, sub);
    if (user === undefined) throw unauthorized();
    request.user = { ...user, expiresAt: new Date(exp * SECOND_MS) };
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false | null | undefined): T {
    if (error instanceof Error) throw error;
    if (!user) throw unauthorized();
    return user;
  }
}
