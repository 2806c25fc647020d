import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiKeyGuard, apiKeyOf } from './api-key.guard';
import { JwtAuthGuard } from './jwt-auth.guard';

/**
 * Authenticates the caller by the access token or API key in the `Authorization` header.
 * @throws Problem unauthorized
 */
@Injectable()
export class CredentialGuard implements CanActivate {
  constructor(
    private readonly accessTokens: JwtAuthGuard,
    private readonly apiKeys: ApiKeyGuard,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const hasKey = apiKeyOf(context.switchToHttp().getRequest<FastifyRequest>()) !== undefined;
    return (hasKey ? this.apiKeys : this.accessTokens).canActivate(context);
  }
}
