import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { CUSTOMER_ID_RULE, CUSTOMER_ID_SCHEMA } from '../access/customer-id';
import { Scope, SCOPES_OF_QUEUE } from '../access/scopes';

/** The header's name, in lower case as Node gives it. */
export const CUSTOMER_HEADER = 'turnwise-user';

/** The metadata of a route with the scope that it requires. */
export const REQUIRED_SCOPE = 'required scope';

const CustomerHeader = () =>
  ApiHeader({
    name: 'Turnwise-User',
    required: false,
    description: `With an API key of the scope \`act-as\`: your ID of the customer to act for (${CUSTOMER_ID_RULE}).`,
    schema: CUSTOMER_ID_SCHEMA,
  });

/** `@RequireScope()` for a route that is not about the queue of a customer whom `Turnwise-User` can name. */
export const RequireScopeWithoutCustomer = (scope: Scope) =>
  applyDecorators(SetMetadata(REQUIRED_SCOPE, scope), ApiExtension('x-required-scope', scope));

/**
 * A route of an `@Authenticated()` controller that requires this scope. A login has the scopes of its role, an API key
 * those it was created with. A route without `@RequireScope()` is for logins only.
 */
export const RequireScope = (scope: Scope) =>
  applyDecorators(
    RequireScopeWithoutCustomer(scope),
    ...(SCOPES_OF_QUEUE.has(scope) ? [CustomerHeader()] : []),
  );
