import { dropDatabase, uniqueDatabase } from './mongo-database';
import { RedisServer } from './redis-server';
import { AuthApp } from './auth-app';

/** The stores of one test, for any number of processes. */
export class AuthStores {
  readonly mongodbUri = uniqueDatabase();
  private readonly apps: AuthApp[] = [];

  private constructor(readonly redis: RedisServer) {}

  static async start(): Promise<AuthStores> {
    return new AuthStores(await RedisServer.start());
  }

  async startApp(trustProxy?: string): Promise<AuthApp> {
    const app = await AuthApp.start({ redisUrl: this.redis.url, mongodbUri: this.mongodbUri }, trustProxy);
    this.apps.push(app);
    return app;
  }

  async stop(): Promise<void> {
    await Promise.all(this.apps.map((app) => app.stop()));
    await this.redis.stop();
    await dropDatabase(this.mongodbUri);
  }
}
