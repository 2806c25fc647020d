import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { ApiKeyGuard, apiKeyOf } from './api-key.guard';
import { JwtAuthGuard } from './jwt-auth.guard';
import { KnownCallers } from './known-callers';

/**
 * Authenticates the caller by the access token or API key in the `Authorization` header.
 * @throws Problem unauthorized
 */
@Injectable()
export class CredentialGuard implements CanActivate {
  constructor(
    private readonly accessTokens: JwtAuthGuard,
    private readonly apiKeys: ApiKeyGuard,
    private readonly callers: KnownCallers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const guard = apiKeyOf(request) === undefined ? this.accessTokens : this.apiKeys;
    try {
      return await guard.canActivate(context);
    } catch (error) {
      if (error instanceof Problem) this.callers.forget(request); // not if a store is away
      throw error;
    }
  }
}
