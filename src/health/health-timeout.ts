/** A part must answer within this: longer than one slow ping (0.9 s), and the whole check answers within 2 s. */
export const HEALTH_TIMEOUT_MS = 1500;
