/** The paths of probes and scrapers: answered also by a process that is on its way out, and at HEALTH_PORT. */
export const OPERATIONS = /^\/(health|metrics)(\/|\?|$)/;
