import { loadSettings } from '../../src/config/env';
import type { Settings } from '../../src/config/settings';

/**
 * A fifth of the default durations, for tests that wait for the end of a lease, a view or a hold. All others use the
 * defaults: on a busy machine a process can stall for longer than 1.1 s, and then its watchdog ends it.
 */
export const HURRIED = { LEASE_MS: '2000', VIEW_MS: '6000', HOLD_MS: '1000' };

/** Half the default durations, for such tests in which the machine is busy or a handler must outlive a lease. */
export const HALVED = { LEASE_MS: '5000', VIEW_MS: '15000', HOLD_MS: '2500' };

/** Settings for tests: the default durations, a free port of this machine, no logs. */
export function testSettings(overrides: Record<string, string> = {}): Settings {
  return loadSettings({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    REDIS_URL: 'redis://127.0.0.1:1',
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
    SHUTDOWN_GRACE_MS: '3000',
    LOG_LEVEL: 'silent',
    ...overrides,
  });
}
