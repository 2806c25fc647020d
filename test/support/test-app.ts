import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp, OwnModules } from '../../src/create-app';
import { dropDatabase, uniqueDatabase } from './mongo-database';
import { untilReady } from './ready';
import { RedisServer } from './redis-server';
import { testSettings } from './test-settings';

/**
 * Handlers run in Jest's process, and the watchdog ends it if it stalls for more than half of a lease. All but the tests that
 * wait for a renewal or for the end of a lease can have long ones.
 */
const LONG = { LEASE_MS: '60000', VIEW_MS: '180000' };

export interface TestApp {
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly redis: RedisServer;
  readonly mongodbUri: string;
  /** Ends the app and the stores that it has started; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts the whole application on its own Redis and its own database, on a free port of this machine. It can serve when this
 * resolves.
 * @param overrides environment variables; a store that REDIS_URL or MONGODB_URI names is used, and not ended
 * @param own modules with handlers of the test
 */
export async function startTestApp(
  overrides: Record<string, string> = {},
  own: OwnModules = [],
): Promise<TestApp> {
  const redis = await RedisServer.start();
  const mongodbUri = overrides['MONGODB_URI'] ?? uniqueDatabase();
  const stores = { REDIS_URL: redis.url, MONGODB_URI: mongodbUri };
  const settings = testSettings({ ...stores, ...LONG, ...overrides });
  const app = await createApp(settings, own);
  await app.listen(0, '127.0.0.1');
  let closed: Promise<void> | undefined;
  const close = async () => {
    await app.close();
    await redis.stop();
    if (overrides['MONGODB_URI'] === undefined) await dropDatabase(mongodbUri);
  };
  const url = await app.getUrl();
  await untilReady(url);
  return { url, app, redis, mongodbUri, close: () => (closed ??= close()) };
}
