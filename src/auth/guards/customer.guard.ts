import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { CustomersService } from '../../users/customers.service';
import { Scope, SCOPES_OF_QUEUE } from '../access/scopes';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { mustBeCustomerId } from '../access/customer-id';
import { forbidden } from './refusals';
import { CUSTOMER_HEADER, REQUIRED_SCOPE } from './require-scope.decorator';

/**
 * Scopes that create a customer on first use. Reading the queue of an unknown customer finds it empty and creates
 * nothing.
 */
const MAKES_CUSTOMERS: ReadonlySet<Scope | undefined> = new Set<Scope>(['enqueue', 'manage']);

/**
 * Switches the caller to the customer named in `Turnwise-User`; request, queue and event routes only. Runs after the
 * guard that authenticates the caller and before the one that checks scopes.
 * @throws Problem forbidden without an API key of the scope `act-as`, bad_request
 */
@Injectable()
export class CustomerGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly customers: CustomersService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { user: AuthenticatedUser }>();
    const given = request.raw.headersDistinct[CUSTOMER_HEADER];
    if (given === undefined) return true;
    const { credential, scopes } = request.user;
    if (credential.kind !== 'api-key' || !scopes.has('act-as'))
      throw forbidden('Turnwise-User requires an API key with the scope `act-as`.');
    const customerId = theOne(given);
    const { accountId } = credential;
    const userId = await this.customers.idOf(accountId, customerId);
    request.user = { userId, credential, scopes: SCOPES_OF_QUEUE };
    const needed = this.reflector.getAllAndOverride<Scope | undefined>(REQUIRED_SCOPE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (MAKES_CUSTOMERS.has(needed)) await this.customers.ensure(userId, accountId, customerId);
    return true;
  }
}

function theOne([customerId = '', ...others]: readonly string[]): string {
  if (others.length > 0) throw new Problem('bad_request', 'Send one Turnwise-User, not several.');
  mustBeCustomerId(customerId);
  return customerId;
}
