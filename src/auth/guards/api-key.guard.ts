import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AccessCheck } from './access-check';
import { API_KEY_PREFIX } from '../credentials/api-key-text';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { bearerOf } from '../access/bearer';
import { unauthorized } from './refusals';

/** The API key in a call, valid or not; undefined if the call has another credential or none. */
export function apiKeyOf(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  const token = bearerOf(request);
  return token?.startsWith(API_KEY_PREFIX) ? token : undefined;
}

/**
 * Lets in a valid API key of a valid account.
 * @throws Problem unauthorized
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(private readonly access: AccessCheck) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: AuthenticatedUser }>();
    const key = apiKeyOf(request);
    const user = key === undefined ? undefined : await this.access.ofKey(key, request.ip);
    if (user === undefined) throw unauthorized();
    request.user = user;
    return true;
  }
}
