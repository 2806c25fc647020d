import { CanActivate, ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../../common/errors/problem';
import { CustomersService } from '../../users/customers.service';
import { Scope, SCOPES_OF_QUEUE } from '../access/scopes';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { forbidden } from './refusals';
import { CUSTOMER_HEADER, REQUIRED_SCOPE } from './require-scope.decorator';

/** What may make a customer: a look at the queue of one who has none yet finds it empty, and leaves nothing behind. */
const MAKES_CUSTOMERS: ReadonlySet<Scope | undefined> = new Set<Scope>(['enqueue', 'manage']);

/**
 * Turns a caller into the customer that `Turnwise-User` names: on everything of requests, queue and events, and on
 * nothing else. Runs behind the guard that says who calls, and before the one that asks for scopes.
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
      throw forbidden('Turnwise-User takes an API key with the scope `act-as`.');
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

const CUSTOMER_ID = /^[\x20-\x7e]{1,128}$/;

/** @throws Problem bad_request unless it is an ID that an account may give a customer */
export function mustBeCustomerId(customerId: string): void {
  if (!CUSTOMER_ID.test(customerId))
    throw new Problem('bad_request', 'A customer id has 1 to 128 printable ASCII characters.');
}
