import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { AppProcess } from './app-process';
import { dropDatabase, uniqueDatabase } from './mongo-database';
import { isReady } from './ready';
import { RedisServer } from './redis-server';
import { until } from './until';

/** The processes sign access tokens with this secret. */
export const SECRET = 'a-secret-that-only-these-tests-know';
/** The password of every account that `ApiUser.register` makes. */
export const PASSWORD = 'correct horse battery staple';
const ADMIN_COMMAND = join(__dirname, '../../dist/admin-command.js');

/** Tries after which a client gives up, 50 ms apart: far longer than any outage in a test. */
const MOST_TRIES = 1000;

/** Several processes of the built application on the same stores, with the default durations. */
export class AppCluster {
  private readonly processes: AppProcess[] = [];
  /** Set by tests in which processes end by themselves: then no message says so. */
  endsAreMeant = false;

  private constructor(
    readonly redis: RedisServer,
    readonly mongodbUri: string,
    private readonly overrides: Record<string, string>,
  ) {}

  /** @param mongodbUri the database to use; a new one if omitted */
  static async start(
    overrides: Record<string, string> = {},
    mongodbUri = uniqueDatabase(),
  ): Promise<AppCluster> {
    return new AppCluster(await RedisServer.start(), mongodbUri, overrides);
  }

  /** Starts a process; it can serve when this resolves, unless it has ended by itself. */
  async process(
    role: 'all' | 'api' | 'worker',
    program?: string,
    overrides: Record<string, string> = {},
  ): Promise<{ readonly app: AppProcess; readonly url: string }> {
    const app = AppProcess.spawn(
      {
        NODE_ENV: 'test',
        ROLE: role,
        HOST: '127.0.0.1',
        PORT: '0',
        REDIS_URL: this.redis.url,
        MONGODB_URI: this.mongodbUri,
        JWT_SECRET: SECRET,
        SHUTDOWN_GRACE_MS: '1000',
        QUEUE_SHARDS: '4',
        HTTP_ALLOW_TARGETS: '127.0.0.0/8',
        ...this.overrides,
        ...overrides,
      },
      program,
    );
    this.processes.push(app);
    void app.ended.then((code) => this.sayUnasked(app, code));
    const url = await app.listening();
    let hasEnded = false;
    void app.ended.then(() => (hasEnded = true));
    await until(`the process ${app.pid} is ready`, async () => hasEnded || (await isReady(url)));
    return { app, url };
  }

  /** Says that a process ended by itself: otherwise the test would only see that nothing answers. */
  private sayUnasked(app: AppProcess, code: number | null): void {
    if (app.wasSignalled || this.endsAreMeant) return;
    const how = code === null ? 'a signal: its watchdog, unless the kernel' : `code ${code}`;
    console.warn(`process ${app.pid} ended by itself with ${how}. ${app.stderr.slice(-2000)}`);
  }

  /** Registers a user and makes them an admin by `npm run admin -- promote`. */
  async admin(url: string): Promise<ApiUser> {
    const admin = await ApiUser.register(url);
    await this.command('promote', admin.email);
    return admin;
  }

  /** Runs `npm run admin` and returns its output. @throws with its output if it fails */
  async command(...args: string[]): Promise<string> {
    const { PATH, NODE_OPTIONS } = process.env;
    const env = { PATH, NODE_OPTIONS, NODE_ENV: 'test', JWT_SECRET: SECRET, REDIS_URL: this.redis.url };
    const options = { env: { ...env, MONGODB_URI: this.mongodbUri } };
    return (await promisify(execFile)(process.execPath, [ADMIN_COMMAND, ...args], options)).stdout;
  }

  /**
   * The collections that have a document of or about this user. It leaves out the record of their erasure, and the
   * tombstones of places, which hold no data and expire.
   */
  async documentsOf(userId: string): Promise<string[]> {
    const client = await MongoClient.connect(this.mongodbUri);
    try {
      const names = (await client.db().collections()).filter(
        ({ collectionName }) => !['processes', 'erasures'].includes(collectionName),
      );
      const tombstone = { status: 'abandoned', payload: { $exists: false } };
      const filter = { $or: [{ _id: userId }, { userId }, { ownerId: userId }], $nor: [tombstone] } as object;
      const counts = await Promise.all(names.map((each) => each.countDocuments(filter)));
      return names.map(({ collectionName }) => collectionName).filter((_, i) => counts[i]! > 0);
    } finally {
      await client.close();
    }
  }

  /** Ends the processes that still run, and the stores. */
  async stop(): Promise<void> {
    for (const each of this.processes) each.signal('SIGKILL');
    await Promise.all(this.processes.map((each) => each.ended));
    await this.redis.stop();
    await dropDatabase(this.mongodbUri);
  }
}

/** Calls the API as a registered and logged-in user, or with an API key. */
export class ApiUser {
  private constructor(
    public url: string | (() => string),
    readonly token: string,
    readonly email = '',
  ) {}

  /** @param token an API key or an access token */
  static withKey(url: string, token: string): ApiUser {
    return new ApiUser(url, token);
  }

  static async register(url: string): Promise<ApiUser> {
    const email = `${randomUUID()}@example.com`;
    const body = JSON.stringify({ email, password: PASSWORD });
    const headers = { 'content-type': 'application/json' };
    const post = (path: string) => served(() => fetch(url + path, { method: 'POST', headers, body }));
    const registered = await post('/auth/register');
    // The email is new: if it is taken, the call before has registered it, although it was answered with a 503.
    if (![201, 409].includes(registered.status))
      throw new Error(`register: ${registered.status} ${await registered.text()}`);
    const { accessToken } = (await (await post('/auth/login')).json()) as { accessToken: string };
    return new ApiUser(url, accessToken, email);
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

  /** Makes a call that must succeed, and returns its answer. After a 503 it repeats the call, as a client should. */
  async does<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const repeatable = { 'idempotency-key': randomUUID(), ...headers };
    const answer = await served(() => this.call(method, path, body, repeatable));
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Enqueues as a correct client does: after a 503 or no answer it repeats the call with the same key until it is accepted. */
  async enqueue(body: unknown, headers: Record<string, string> = {}): Promise<string> {
    const key = { 'idempotency-key': randomUUID(), ...headers };
    const answer = await served(() => this.call('POST', '/enqueue', body, key).catch(() => undefined));
    if (answer.status !== 202) throw new Error(`enqueue: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { id: string }).id;
  }

  /** Reads, and repeats the call after a 503. It returns a problem too. */
  async get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
    return (await (await served(() => this.call('GET', path, undefined, headers))).json()) as T;
  }
}

/** Makes a call until it is answered with something other than a 503. */
export async function served(call: () => Promise<Response | undefined>): Promise<Response> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const answer = await call();
    if (answer && answer.status !== 503) return answer;
    await answer?.body?.cancel();
    await delay(50);
  }
  throw new Error('nothing but 503s, or nobody there; has a process ended?');
}
