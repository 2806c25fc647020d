/**
 * A part must answer within this time: longer than one slow ping (0.9 s), and short enough for the whole check to
 * answer within 2 s.
 */
export const HEALTH_TIMEOUT_MS = 1500;
