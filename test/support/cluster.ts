import { randomUUID } from 'node:crypto';
import { AppProcess } from './app-process';
import { dropDatabase, uniqueDatabase } from './mongo-database';
import { RedisServer } from './redis-server';

/** Several processes of the built application on the same stores, at a tenth of the default durations. */
export class AppCluster {
  private readonly processes: AppProcess[] = [];

  private constructor(
    readonly redis: RedisServer,
    readonly mongodbUri: string,
    private readonly overrides: Record<string, string>,
  ) {}

  static async start(overrides: Record<string, string> = {}): Promise<AppCluster> {
    return new AppCluster(await RedisServer.start(), uniqueDatabase(), overrides);
  }

  /** Starts a process; it listens when this resolves. */
  async process(
    role: 'all' | 'api' | 'worker',
    program?: string,
  ): Promise<{ readonly app: AppProcess; readonly url: string }> {
    const app = AppProcess.spawn(
      {
        NODE_ENV: 'test',
        ROLE: role,
        HOST: '127.0.0.1',
        PORT: '0',
        REDIS_URL: this.redis.url,
        MONGODB_URI: this.mongodbUri,
        JWT_SECRET: 'a-secret-that-only-these-tests-know',
        LEASE_MS: '1000',
        VIEW_MS: '3000',
        HOLD_MS: '500',
        SHUTDOWN_GRACE_MS: '1000',
        QUEUE_SHARDS: '4',
        HTTP_ALLOW_TARGETS: '127.0.0.0/8',
        ...this.overrides,
      },
      program,
    );
    this.processes.push(app);
    return { app, url: await app.listening() };
  }

  /** Ends what still runs, and the stores. */
  async stop(): Promise<void> {
    for (const each of this.processes) each.signal('SIGKILL');
    await Promise.all(this.processes.map((each) => each.ended));
    await this.redis.stop();
    await dropDatabase(this.mongodbUri);
  }
}

/** A registered and logged-in user, calling the API. */
export class ApiUser {
  private constructor(
    public url: string | (() => string),
    readonly token: string,
  ) {}

  static async register(url: string): Promise<ApiUser> {
    const body = JSON.stringify({
      email: `${randomUUID()}@example.com`,
      password: 'correct horse battery staple',
    });
    const headers = { 'content-type': 'application/json' };
    const registered = await fetch(`${url}/auth/register`, { method: 'POST', headers, body });
    if (registered.status !== 201)
      throw new Error(`register: ${registered.status} ${await registered.text()}`);
    const answer = await fetch(`${url}/auth/login`, { method: 'POST', headers, body });
    const { accessToken } = (await answer.json()) as { accessToken: string };
    return new ApiUser(url, accessToken);
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = typeof this.url === 'string' ? this.url : this.url();
    return fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** Enqueues as an honest client does: a 503 or no answer is repeated with the same key, until it is accepted. */
  async enqueue(body: unknown): Promise<string> {
    const key = randomUUID();
    for (;;) {
      const answer = await this.call('POST', '/enqueue', body, { 'idempotency-key': key }).catch(
        () => undefined,
      );
      if (answer?.status === 202) return ((await answer.json()) as { id: string }).id;
      if (answer && answer.status !== 503)
        throw new Error(`enqueue: ${answer.status} ${await answer.text()}`);
      await answer?.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.call('GET', path)).json()) as T;
  }
}
