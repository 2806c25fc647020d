import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../common/time/units';

/** An access token is refused this long after it was issued, and before that once its session has ended. */
export const ACCESS_TOKEN_MS = 15 * MINUTE_MS;

/** A refresh token, and with it a session, ends when it has not been used for this long, or after SESSION_MAX_DAYS. */
export const REFRESH_TOKEN_MS = 30 * DAY_MS;

/** A spent refresh token used again within this time is a client's double click or a lost answer, later a theft. */
export const REFRESH_GRACE_MS = 10 * SECOND_MS;
