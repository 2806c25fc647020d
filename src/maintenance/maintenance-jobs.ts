import type { MaintenanceJob } from '../events/event-map';
import { HOUR_MS, MINUTE_MS } from '../common/time/units';

/** The name of the maintenance's Bull queue. */
export const MAINTENANCE = 'maintenance';

/** Each job and its interval, ms. */
export const MAINTENANCE_JOBS = {
  reconcile: MINUTE_MS,
  retention: HOUR_MS,
} as const satisfies Record<MaintenanceJob, number>;
