import { Problem } from '../../common/errors/problem';

const CUSTOMER_ID = /^[\x20-\x7e]{1,128}$/;

/** @throws Problem bad_request unless it is what an account may call a customer */
export function mustBeCustomerId(customerId: string): void {
  if (!CUSTOMER_ID.test(customerId))
    throw new Problem('bad_request', 'A customer has one id of 1 to 128 printable ASCII characters.');
}
