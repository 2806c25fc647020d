import { Problem } from '../../common/errors/problem';

/** The same words for missing, forged, expired and ended credentials. */
export const unauthorized = (): Problem =>
  new Problem('unauthorized', 'Send a valid access token or API key: Authorization: Bearer <token>.');

/** @param detail what would be needed */
export const forbidden = (detail: string): Problem => new Problem('forbidden', detail);
