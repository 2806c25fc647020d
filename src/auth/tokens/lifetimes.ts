import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../common/time/units';

/** Lifetime of an access token. It ends earlier with its session. */
export const ACCESS_TOKEN_MS = 15 * MINUTE_MS;

/** Lifetime of a refresh token, and with it of a session, without use. SESSION_MAX_DAYS also limits a session. */
export const REFRESH_TOKEN_MS = 30 * DAY_MS;

/** Within this time a reused refresh token counts as a client's repeated call. Later it counts as theft. */
export const REFRESH_GRACE_MS = 10 * SECOND_MS;
