import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { ErasureDto } from './erasure.dto';
import { Authenticated } from '../guards/authenticated.decorator';
import { byOf, type AuthenticatedUser } from '../access/authenticated-user';
import { CurrentUser } from '../guards/current-user.decorator';
import { CUSTOMER_ID_RULE, CUSTOMER_ID_SCHEMA, mustBeCustomerId } from '../access/customer-id';
import { RequireScope } from '../guards/require-scope.decorator';
import { Erasures } from './erasures.service';

const CUSTOMER = {
  name: 'customer',
  description: `Your ID of the customer, as in \`Turnwise-User\`, URL-encoded (${CUSTOMER_ID_RULE})`,
  schema: CUSTOMER_ID_SCHEMA,
};

/** Routes about customers themselves, not about their queues. */
@ApiTags('Customers')
@Authenticated()
@Controller('customers/:customer')
export class CustomersController {
  constructor(private readonly erasures: Erasures) {}

  /** Erases a customer. */
  @Delete()
  @HttpCode(202)
  @RequireScope('act-as')
  @ApiOperation({
    operationId: 'eraseCustomer',
    summary: 'Erase a customer',
    description:
      'Cancels waiting requests, aborts the running one, then removes all requests, settings, limits, ' +
      'idempotency keys, callbacks, events and the webhook secret. A later enqueue creates a new, empty ' +
      'queue. Safe to repeat.',
  })
  @ApiParam(CUSTOMER)
  @ApiAcceptedResponse({ type: ErasureDto, description: 'The erasure has started, or was done before' })
  @ApiProblems('bad_request', 'not_found')
  async erase(
    @CurrentUser() user: AuthenticatedUser,
    @Param('customer') customer: string,
  ): Promise<ErasureDto> {
    mustBeCustomerId(customer);
    return this.erasures.eraseCustomer(user.credential.accountId, customer, byOf(user));
  }

  /** Shows the erasure of a customer. */
  @Get('erasure')
  @RequireScope('act-as')
  @ApiOperation({
    operationId: 'getCustomerErasure',
    summary: 'Get the progress of the erasure of a customer',
  })
  @ApiParam(CUSTOMER)
  @ApiOkResponse({ type: ErasureDto, description: 'The erasures in progress, or the latest one' })
  @ApiProblems('bad_request', 'not_found')
  async get(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Param('customer') customer: string,
  ): Promise<ErasureDto> {
    mustBeCustomerId(customer);
    return this.erasures.ofCustomer(credential.accountId, customer);
  }
}
