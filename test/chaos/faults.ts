import { setTimeout as delay } from 'node:timers/promises';
import type { AppProcess } from '../support/app-process';
import type { AppCluster } from '../support/cluster';
import type { ChaosStores, Ways } from './stores';

type Role = 'api' | 'worker';

interface Alive {
  readonly role: Role;
  readonly app: AppProcess;
  readonly url: string;
  readonly ways: Ways;
}

/** What a run does with its processes besides. */
export interface Hurting {
  /** Starts each process by this program instead of the product's own. */
  readonly program?: string | undefined;
  /** Of these faults alone. */
  readonly only?: readonly string[] | undefined;
}

/** The processes of a cluster and what is done to them and their stores: each fault ends with as many alive as before. */
export class Faults {
  private readonly alive: Alive[] = [];
  /** How often each fault was done. */
  readonly done: Record<string, number> = {};

  constructor(
    private readonly cluster: AppCluster,
    private readonly stores: ChaosStores,
    private readonly random: () => number,
    private readonly hurting: Hurting = {},
  ) {}

  /** The addresses of the API processes that run now. */
  get apis(): string[] {
    return this.alive.filter(({ role }) => role === 'api').map(({ url }) => url);
  }

  async start(role: Role): Promise<void> {
    const ways = await this.stores.way();
    const overrides = {
      REDIS_URL: `redis://127.0.0.1:${ways.redis.port}`,
      MONGODB_URI: `mongodb://127.0.0.1:${ways.mongo.port}/chaos?directConnection=true`,
    };
    const started = await this.cluster.process(role, this.hurting.program, overrides);
    this.alive.push({ role, ways, ...started });
  }

  /** Does one fault drawn by the seed. */
  async next(): Promise<void> {
    const { only } = this.hurting;
    const faults = Object.entries(this.faults()).filter(([name]) => only?.includes(name) ?? true);
    const [name, fault] = faults[Math.floor(this.random() * faults.length)]!;
    this.done[name] = (this.done[name] ?? 0) + 1;
    await fault();
  }

  private faults(): Record<string, () => Promise<void>> {
    const { stores } = this;
    return {
      'a worker is killed': () => this.kill('worker'),
      'an API process is killed': () => this.kill('api'),
      'a worker is asked to end': () => this.end('worker'),
      'a worker is frozen for longer than a lease': () => this.freeze('worker'),
      'an API process is frozen for longer than a view': () => this.freeze('api'),
      'Redis is killed': () => stores.currentRedis.restart(),
      'Redis is flushed': async () => void (await stores.currentRedis.client().flushall()),
      'Redis forgets its scripts': async () => void (await stores.currentRedis.client().script('FLUSH')),
      'Redis hangs': () => this.hang(),
      'Redis is rolled back': () => stores.rollBack(() => this.while(1_000)),
      'Redis fails over, and its last writes are lost': () => stores.failOver(() => this.while(800)),
      'a process is cut off from Redis': () => this.hurt('redis', 4_000, (way) => way.cut()),
      'a process loses the replies of Redis': () => this.hurt('redis', 3_000, (way) => way.loseReplies()),
      'Redis resets its connections': () => this.hurtAll('redis', 500, (way) => way.reset()),
      'a process is cut off from MongoDB': () => this.hurt('mongo', 5_000, (way) => way.cut()),
      'a process loses the replies of MongoDB': () => this.hurt('mongo', 3_000, (way) => way.loseReplies()),
      'MongoDB is slow': () => this.hurtAll('mongo', 3_000, (way) => way.slow(300)),
      'MongoDB is killed': () => stores.restartMongo(),
    };
  }

  /** So long at most. */
  private while(ms: number): Promise<void> {
    return delay(this.random() * ms);
  }

  private one<T>(of: readonly T[]): T {
    return of[Math.floor(this.random() * of.length)]!;
  }

  private pick(role: Role): Alive {
    return this.one(this.alive.filter((each) => each.role === role));
  }

  private async replace(gone: Alive): Promise<void> {
    await this.start(gone.role);
    this.alive.splice(this.alive.indexOf(gone), 1);
  }

  private async replaceIfEnded(each: Alive): Promise<void> {
    const hasEnded = await Promise.race([each.app.ended.then(() => true), delay(500).then(() => false)]);
    if (hasEnded) await this.replace(each);
  }

  private async kill(role: Role): Promise<void> {
    const victim = this.pick(role);
    victim.app.signal('SIGKILL');
    await victim.app.ended;
    await this.replace(victim);
  }

  private async end(role: Role): Promise<void> {
    const victim = this.pick(role);
    victim.app.signal('SIGTERM');
    await this.replace(victim);
    await victim.app.ended;
  }

  /** A frozen process wakes up late: its watchdog may end it then, as it should. */
  private async freeze(role: Role): Promise<void> {
    const victim = this.pick(role);
    victim.app.signal('SIGSTOP');
    await delay((role === 'worker' ? 1200 : 3500) + this.random() * 1500);
    victim.app.signal('SIGCONT');
    await this.replaceIfEnded(victim);
  }

  private async hang(): Promise<void> {
    const redis = this.stores.currentRedis;
    redis.freeze();
    await this.while(2_500);
    redis.thaw();
  }

  /** Hurts one process's way to a store. A worker that may not act any more ends itself, as it should. */
  private async hurt(store: keyof Ways, ms: number, how: (way: Ways[keyof Ways]) => void): Promise<void> {
    const victim = this.one(this.alive);
    how(victim.ways[store]);
    await this.while(ms);
    victim.ways[store].mend();
    await this.replaceIfEnded(victim);
  }

  private async hurtAll(store: keyof Ways, ms: number, how: (way: Ways[keyof Ways]) => void): Promise<void> {
    for (const ways of this.stores.all) how(ways[store]);
    await this.while(ms);
    for (const ways of this.stores.all) ways[store].mend();
  }
}
