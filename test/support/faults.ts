import { setTimeout as delay } from 'node:timers/promises';
import type { AppProcess } from './app-process';
import type { AppCluster } from './cluster';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Role = 'api' | 'worker';

/** The processes of a cluster and what is done to them: each fault ends with as many alive as before. */
export class Faults {
  private readonly alive: { role: Role; app: AppProcess; url: string }[] = [];
  /** How often each fault was done. */
  readonly done: Record<string, number> = {};

  constructor(
    private readonly cluster: AppCluster,
    private readonly random: () => number,
  ) {}

  /** The addresses of the API processes that run now. */
  get apis(): string[] {
    return this.alive.filter(({ role }) => role === 'api').map(({ url }) => url);
  }

  async start(role: Role): Promise<void> {
    this.alive.push({ role, ...(await this.cluster.process(role)) });
  }

  /** Does one fault drawn by the seed. */
  async next(): Promise<void> {
    const faults: readonly (readonly [string, () => Promise<void>])[] = [
      ['a worker is killed', () => this.kill('worker')],
      ['an API process is killed', () => this.kill('api')],
      ['a worker is frozen for longer than a lease', () => this.freeze('worker')],
      ['an API process is frozen for longer than a view', () => this.freeze('api')],
      ['Redis is killed', () => this.cluster.redis.restart()],
      ['Redis is flushed', async () => void (await this.cluster.redis.client().flushall())],
      ['Redis hangs', () => this.hang()],
      ['replies of Redis are lost', () => this.cut()],
      ['a worker is asked to end', () => this.end('worker')],
    ];
    const [name, fault] = faults[Math.floor(this.random() * faults.length)]!;
    this.done[name] = (this.done[name] ?? 0) + 1;
    await fault();
  }

  private pick(role: Role) {
    const of = this.alive.filter((each) => each.role === role);
    return of[Math.floor(this.random() * of.length)]!;
  }

  private async replace(gone: { role: Role }): Promise<void> {
    await this.start(gone.role);
    this.alive.splice(this.alive.indexOf(gone as never), 1);
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
    const hasEnded = await Promise.race([victim.app.ended.then(() => true), delay(500).then(() => false)]);
    if (hasEnded) await this.replace(victim);
  }

  private async hang(): Promise<void> {
    this.cluster.redis.freeze();
    await delay(this.random() * 2500);
    this.cluster.redis.thaw();
  }

  private async cut(): Promise<void> {
    const client = this.cluster.redis.client();
    for (let i = 0; i < 5; i++) {
      await client.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await delay(this.random() * 100);
    }
  }
}
