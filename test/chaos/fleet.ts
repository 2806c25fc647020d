import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppProcess } from '../support/app-process';
import type { MongoSet } from '../support/mongo-set';
import { SteppedDate } from '../support/stepped-date';
import { TcpProxy } from '../support/tcp-proxy';
import { Ways } from './ways';

export type Role = 'api' | 'worker';

/** A place in which processes run one after the other, each with the place's own connections to the stores. */
export interface Place {
  readonly role: Role;
  readonly redis: TcpProxy;
  readonly mongo: Ways;
  /** The date of the place; undefined where it cannot be moved. */
  readonly date: SteppedDate | undefined;
  /** Undefined while a new process starts. */
  app: AppProcess | undefined;
  url: string | undefined;
}

export interface FleetOptions {
  readonly redisPort: number;
  readonly mongo: MongoSet;
  /** If omitted, dist/main.js. */
  readonly program?: string | undefined;
  /** The build (its `dist`) of another version, whose processes may run beside this one's. */
  readonly old?: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Further variables. Each process has the next of these, as if settings were changed process by process. */
  readonly unequal?: readonly Readonly<Record<string, string>>[];
}

/** The last output of a process that is kept, characters. */
const KEPT = 2_000_000;
/** How much of it is shown when a run has failed, characters, and for how many ended processes. */
const [LOGGED, LOGGED_OF] = [300_000, 200];
/** Lines about calls: they would leave no room for lines about the process. */
const OF_A_CALL = /"event":"call\./;
const saidBy = ({ stdout }: AppProcess) =>
  stdout
    .split('\n')
    .filter((line) => !OF_A_CALL.test(line))
    .join('\n');
const logOf = (role: Role, app: AppProcess) => `${role}\n${saidBy(app).slice(-LOGGED)}${app.stderr}`;

/** `npm run admin` */
const ADMIN_COMMAND = join(__dirname, '../../dist/admin-command.js');

const MODULES = join(__dirname, '../../node_modules');

/** Leads a process's connections to the members of MongoDB through its own proxies. */
const WAYS = join(__dirname, '../support/programs/ways.js');

/** Pause before a process replaces one that has ended. */
const RESTART_MS = 100;

/** The processes of a run. A process that ends, for whatever reason, is replaced. */
export class Fleet {
  readonly places: Place[] = [];
  /** How processes have ended that were not told to: exit codes or `signal`. */
  readonly deaths: Record<string, number> = {};
  /** The output of the processes that ended last. */
  private readonly lastWords: string[] = [];
  private readonly asked = new WeakSet<AppProcess>();
  private readonly running: Promise<void>[] = [];
  private isStopped = false;
  private isOld = false;
  private starts = 0;

  constructor(private readonly options: FleetOptions) {}

  /** Adds a place; its process listens when this resolves. */
  async add(role: Role): Promise<void> {
    const redis = await TcpProxy.start(this.options.redisPort);
    const mongo = await Ways.start(this.options.mongo.members.map(({ port }) => port));
    const place: Place = { role, redis, mongo, date: SteppedDate.make(), app: undefined, url: undefined };
    this.places.push(place);
    await new Promise<void>((resolve) => this.running.push(this.keepRunning(place, resolve)));
  }

  /** The URLs of the API processes that run now. */
  get apis(): string[] {
    return this.places.flatMap(({ role, url }) => (role === 'api' && url !== undefined ? [url] : []));
  }

  /** Does what an operator does in a shell. */
  async command(...args: string[]): Promise<void> {
    const env = { PATH: process.env.PATH, ...this.variables(this.places[0]!) };
    await promisify(execFile)(process.execPath, [ADMIN_COMMAND, ...args], { env });
  }

  /** The output of the processes: first those that have ended, then those that run now. */
  get logs(): string[] {
    return [...this.lastWords, ...this.places.flatMap(({ role, app }) => (app ? [logOf(role, app)] : []))];
  }

  /** Sends a signal that ends the process. */
  end(app: AppProcess, signal: 'SIGKILL' | 'SIGTERM'): void {
    this.asked.add(app);
    app.signal(signal);
  }

  /** Processes that start from now on are of the other version, if there are two. */
  changeVersion(): void {
    this.isOld = this.options.old !== undefined && !this.isOld;
  }

  /** Tells the process there to end, and waits until another one listens. */
  async restart(place: Place): Promise<void> {
    const { app } = place;
    if (app) {
      this.end(app, 'SIGTERM');
      await app.ended;
    }
    while (!this.isStopped && (place.app === app || place.url === undefined)) await delay(20);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    for (const { app } of this.places) if (app) this.end(app, 'SIGKILL');
    await Promise.all(this.running);
    for (const { redis, mongo, date } of this.places) {
      await Promise.all([redis.stop(), mongo.stop()]);
      date?.close();
    }
  }

  private async keepRunning(place: Place, onFirst: () => void): Promise<void> {
    while (!this.isStopped) {
      const app = AppProcess.spawn(this.variables(place), this.program);
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
    // A process that could not start because a store was away has not died.
    const how = url === undefined ? `${role} could not start` : `${role} ended by ${code ?? 'a signal'}`;
    this.deaths[how] = (this.deaths[how] ?? 0) + 1;
  }

  private get program(): string | undefined {
    return this.isOld ? join(this.options.old!, 'main.js') : this.options.program;
  }

  private variables({ role, redis, mongo, date }: Place): Record<string, string> {
    const { members } = this.options.mongo;
    return {
      ...date?.variables,
      NODE_PATH: MODULES, // of an old version, which may be in another folder
      NODE_OPTIONS: `--require ${WAYS}`,
      WAYS: members.map(({ way }, i) => `${way.port}:${mongo.ports[i]}`).join(),
      NODE_ENV: 'test',
      ROLE: role,
      HOST: '127.0.0.1',
      PORT: '0',
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      MONGODB_URI: this.options.mongo.uri('chaos'),
      HTTP_ALLOW_TARGETS: '127.0.0.0/8',
      ...this.options.variables,
      ...this.options.unequal?.[this.starts++ % this.options.unequal.length],
    };
  }
}
