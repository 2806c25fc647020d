import { Problem } from '../../common/errors/problem';

/** The same words for missing, forged, expired and ended credentials. */
export const unauthorized = (): Problem =>
  new Problem(
    'unauthorized',
    'Send an access token or an API key that is still good: Authorization: Bearer <token>.',
    { headers: { 'www-authenticate': 'Bearer' } },
  );

/** @param detail what would be needed */
export const forbidden = (detail: string): Problem => new Problem('forbidden', detail);
