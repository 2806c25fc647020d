import { setTimeout as delay } from 'node:timers/promises';
import { AppProcess } from '../support/app-process';
import { TcpProxy } from '../support/tcp-proxy';

export type Role = 'api' | 'worker';

/** Where one process runs after the other: each has the same ways to the stores, which are nobody else's. */
export interface Place {
  readonly role: Role;
  readonly redis: TcpProxy;
  readonly mongo: TcpProxy;
  /** Undefined while a new process starts. */
  app: AppProcess | undefined;
  url: string | undefined;
}

export interface FleetOptions {
  readonly redisPort: number;
  readonly mongoPort: number;
  /** Instead of dist/main.js. */
  readonly program?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
}

/** What is kept of a process's output, characters. */
const KEPT = 2_000_000;
/** What of it is given to those who ask why a run has failed, characters, and of how many that have ended. */
const [LOGGED, LOGGED_OF] = [300_000, 200];
/** Lines about calls: they would push out what a process says of itself. */
const OF_A_CALL = /"msg":"answered"|"context":"Problem"/;
const saidBy = ({ stdout }: AppProcess) =>
  stdout
    .split('\n')
    .filter((line) => !OF_A_CALL.test(line))
    .join('\n');
const logOf = (role: Role, app: AppProcess) => `${role}\n${saidBy(app).slice(-LOGGED)}${app.stderr}`;

/** Pause before a process is started in the place of one that has ended. */
const RESTART_MS = 100;

/** The processes of a run. One that ends, for whatever reason, is replaced. */
export class Fleet {
  readonly places: Place[] = [];
  /** How processes have ended that nobody had told to: by exit code or `signal`. */
  readonly deaths: Record<string, number> = {};
  /** What processes have said of themselves that have ended, those that ended last. */
  private readonly lastWords: string[] = [];
  private readonly asked = new WeakSet<AppProcess>();
  private readonly running: Promise<void>[] = [];
  private isStopped = false;

  constructor(private readonly options: FleetOptions) {}

  /** Adds a place; a process listens there when this resolves. */
  async add(role: Role): Promise<void> {
    const redis = await TcpProxy.start(this.options.redisPort);
    const mongo = await TcpProxy.start(this.options.mongoPort);
    const place: Place = { role, redis, mongo, app: undefined, url: undefined };
    this.places.push(place);
    await new Promise<void>((resolve) => this.running.push(this.keepRunning(place, resolve)));
  }

  /** The addresses of the API processes that run now. */
  get apis(): string[] {
    return this.places.flatMap(({ role, url }) => (role === 'api' && url !== undefined ? [url] : []));
  }

  /** What the processes have said of themselves: those that have ended, and then those that run now. */
  get logs(): string[] {
    return [...this.lastWords, ...this.places.flatMap(({ role, app }) => (app ? [logOf(role, app)] : []))];
  }

  /** Sends a signal that ends the process. */
  end(app: AppProcess, signal: 'SIGKILL' | 'SIGTERM'): void {
    this.asked.add(app);
    app.signal(signal);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const { app } of this.places) if (app) this.end(app, 'SIGKILL');
    await Promise.all(this.running);
    for (const { redis, mongo } of this.places) await Promise.all([redis.stop(), mongo.stop()]);
  }

  private async keepRunning(place: Place, onFirst: () => void): Promise<void> {
    while (!this.isStopped) {
      const app = AppProcess.spawn(this.variables(place), this.options.program);
      place.app = app;
      place.url = await app.listening().catch(() => undefined);
      if (place.url !== undefined) onFirst();
      const trimmer = setInterval(() => (app.stdout = saidBy(app).slice(-KEPT)), 1000);
      const code = await app.ended;
      clearInterval(trimmer);
      this.lastWords.push(logOf(place.role, app));
      if (this.lastWords.length > LOGGED_OF) this.lastWords.shift();
      if (!this.asked.has(app)) this.died(place, code);
      place.url = undefined;
      place.app = undefined;
      await delay(RESTART_MS);
    }
  }

  private died({ role, url }: Place, code: number | null): void {
    // One that could not start because a store was away has not died.
    const how = url === undefined ? `${role} could not start` : `${role} ended by ${code ?? 'a signal'}`;
    this.deaths[how] = (this.deaths[how] ?? 0) + 1;
  }

  private variables({ role, redis, mongo }: Place): Record<string, string> {
    return {
      NODE_ENV: 'test',
      ROLE: role,
      HOST: '127.0.0.1',
      PORT: '0',
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      MONGODB_URI: `mongodb://127.0.0.1:${mongo.port}/chaos?directConnection=true`,
      HTTP_ALLOW_TARGETS: '127.0.0.0/8',
      ...this.options.variables,
    };
  }
}
