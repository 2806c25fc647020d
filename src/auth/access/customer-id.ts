import { Problem } from '../../common/errors/problem';

/**
 * An account's ID of a customer. It has no space at its ends, because HTTP removes those from a header. It is not `.` or
 * `..`, because clients remove those from a path, even URL-encoded. Without a look-ahead: not every client's language has
 * them.
 */
export const CUSTOMER_ID = /^(?:[!-\-/-~][!-~]?|\.[!-\-/-~]|[!-~][ -~]{1,126}[!-~])$/;

/** What `CUSTOMER_ID` demands. */
export const CUSTOMER_ID_RULE =
  '1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`';

/** The same in the API's document. */
export const CUSTOMER_ID_SCHEMA = {
  type: 'string',
  minLength: 1,
  maxLength: 128,
  pattern: CUSTOMER_ID.source,
  example: 'customer-4711',
} as const;

/** @throws Problem bad_request unless the text is a valid customer ID */
export function mustBeCustomerId(customerId: string): void {
  if (!CUSTOMER_ID.test(customerId))
    throw new Problem('bad_request', `A customer id must be ${CUSTOMER_ID_RULE}.`);
}
