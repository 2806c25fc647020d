/** The paths of probes and scrapers. A leaving process still answers them, and HEALTH_PORT serves them too. */
export const OPERATIONS = /^\/(health|metrics)(\/|\?|$)/;
