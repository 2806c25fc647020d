import { ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { AccessCheck } from './access-check';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { bearerOf } from '../access/bearer';
import type { VerifiedClaims } from './jwt.strategy';
import { unauthorized } from './refusals';
import { VerifiedTokens } from './verified-tokens';

type CallWithUser = FastifyRequest & { user: VerifiedClaims | AuthenticatedUser };

/**
 * Lets in a valid access token whose session or portal link, and account, are still valid.
 * @throws Problem unauthorized
 */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly access: AccessCheck,
    private readonly verified: VerifiedTokens,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<CallWithUser>();
    const claims = await this.claimsOf(request, context);
    const user = await this.access.ofClaims(claims);
    if (user === undefined) throw unauthorized();
    request.user = { ...user, expiresAt: new Date(claims.exp * SECOND_MS) };
    return true;
  }

  /** passport-jwt verifies a token only the first time. */
  private async claimsOf(request: CallWithUser, context: ExecutionContext): Promise<VerifiedClaims> {
    const token = bearerOf(request) ?? '';
    const known = this.verified.find(token, this.clock.wall());
    if (known !== undefined) return known;
    await super.canActivate(context);
    const claims = request.user as VerifiedClaims;
    this.verified.add(token, claims);
    return claims;
  }

  override handleRequest<T>(error: unknown, user: T | false | null | undefined): T {
    if (error instanceof Error) throw error;
    if (!user) throw unauthorized();
    return user;
  }
}
