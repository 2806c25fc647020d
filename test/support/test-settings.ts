import { loadSettings } from '../../src/config/env';
import type { Settings } from '../../src/config/settings';

/** For tests that accept requests: an insert may take 80 % of it. Half a second is too short on a busy machine. */
export const UNHURRIED_HOLD_MS = '2000';

/** Settings for tests: a tenth of the default durations, a free port of this machine, no logs. */
export function testSettings(overrides: Record<string, string> = {}): Settings {
  return loadSettings({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: '0',
    REDIS_URL: 'redis://127.0.0.1:1',
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    JWT_SECRET: 'a-secret-that-only-these-tests-know',
    LEASE_MS: '1000',
    VIEW_MS: '3000',
    HOLD_MS: '500',
    SHUTDOWN_GRACE_MS: '3000',
    LOG_LEVEL: 'silent',
    ...overrides,
  });
}
