import type { Redis } from 'ioredis';
import { scriptKeys, tagOf } from '../../src/queue/keys';
import { LeasedJob, readLeasedJobs } from '../../src/queue/scripts/leased-job';
import type { Loss } from './record';
import { Command, defineScripts, epochOf, ScriptName } from '../../src/queue/scripts/script-runner';

const SHARD = 0;
const TAG = tagOf(SHARD);
const INSTALLATION = 'mine';

/** The state of one user's keys. */
export interface RealUser {
  /** From the head to the tail. */
  readonly wait: string[];
  readonly active: string[];
  readonly delayed: string[];
  /** IDs that have a job. */
  readonly jobs: string[];
}

/** Shard 0 of a real server, driven by the scripts. */
export class RealShard {
  private readonly commands: Record<ScriptName, Command>;

  constructor(
    readonly redis: Redis,
    scripts: Iterable<readonly [ScriptName, string]>,
  ) {
    this.commands = defineScripts(redis, scripts);
  }

  run(name: ScriptName, epoch: number, ...args: (string | number)[]): Promise<unknown> {
    return this.runOf(INSTALLATION, name, epoch, ...args);
  }

  /** Calls a script as a process of another installation. */
  runOf(
    installation: string,
    name: ScriptName,
    epoch: number,
    ...args: (string | number)[]
  ): Promise<unknown> {
    return this.commands[name](...scriptKeys(SHARD), epochOf(epoch, installation), TAG, ...args);
  }

  /** Empties the shard and opens it for an epoch. */
  async reset(epoch: number): Promise<void> {
    await this.redis.flushall();
    await this.rebuild(epoch);
  }

  /** @param restore runs between begin and open. @param clock the minimum that the clock must read, us */
  async rebuild(
    epoch: number,
    restore: () => Promise<void> = () => Promise.resolve(),
    clock = 0,
  ): Promise<void> {
    while (Number(await this.run('begin_rebuild', epoch, 50)) > 0);
    await restore();
    const opened = await this.run('open_shard', epoch, clock);
    if (opened !== 'OK') throw new Error(`open: ${String(opened)}`);
  }

  /** The remaining time of a user's lease by the server's clock, ms. */
  async leaseLeft(userId: string): Promise<number> {
    const ends = Number(await this.redis.zscore(`${TAG}:leases`, userId));
    const [seconds, us] = await this.redis.time();
    return ends - Number(seconds) * 1000 - Math.floor(Number(us) / 1000);
  }

  /** When a user is due, ms since 1970. */
  async standsAt(userId: string, lane: string): Promise<number> {
    const ready = lane === 'main' ? `${TAG}:ready` : `${TAG}:ready:${lane}`;
    return Number(await this.redis.zscore(ready, userId));
  }

  /** Whether a worker of the main lane would find the user, now or later. A head without a job counts for this lane. */
  async isFound(userId: string): Promise<boolean> {
    const score = await this.redis.zscore(`${TAG}:ready`, userId);
    return score !== null && score !== 'inf';
  }

  async raiseClock(us: number): Promise<void> {
    await this.redis.hset(`${TAG}:shard`, 'clock', us);
  }

  /** Makes a scheduled request due, behind the ones that are. @param nth from 1 */
  async fallDue(userId: string, id: string, nth: number): Promise<void> {
    await this.redis.zadd(`${TAG}:${userId}:delayed`, 1_000_000 + nth, id);
  }

  /** Makes the clock look as if it was set back from a later time. @returns the number of steps back counted before */
  async seeLater(ms: number): Promise<string> {
    await this.redis.hset(`${TAG}:shard`, 'seen', Date.now() + ms);
    return this.steps();
  }

  /** How often the clock was set back, as counted so far. */
  async steps(): Promise<string> {
    return (await this.redis.hget(`${TAG}:shard`, 'steps')) ?? '0';
  }

  async moveLease(userId: string, byMs: number): Promise<void> {
    await this.redis.zincrby(`${TAG}:leases`, byMs, userId);
  }

  /** Changes a user's waits and due times to those that a clock which was ahead would have written. */
  async moveWaits(userId: string, byMs: number): Promise<void> {
    const queue = `${TAG}:${userId}:`;
    for (const key of await this.redis.keys(`${queue}r*`)) {
      const { held, since } = await this.redis.hgetall(key);
      const moved = [
        ...(held ? ['held', 'timestamp'] : []),
        ...(Number(since) > 0 ? ['since', 'notBefore'] : []),
      ];
      for (const field of moved) await this.redis.hincrby(key, field, byMs);
    }
    if (await this.redis.hexists(`${queue}control`, 'tat'))
      await this.redis.hincrby(`${queue}control`, 'tat', byMs * 1000);
    for (const ready of [`${TAG}:ready`, `${TAG}:ready:gpu`])
      if (await this.redis.zscore(ready, userId)) await this.redis.zincrby(ready, byMs, userId);
  }

  /** Removes a part of what Redis knows about a user, or puts a request into the queue twice. */
  async lose(userId: string, loss: Loss, id: string): Promise<void> {
    const queue = `${TAG}:${userId}:`;
    if (loss === 'ready')
      for (const lane of ['', ':gpu']) await this.redis.zrem(`${TAG}:ready${lane}`, userId);
    if (loss === 'leases' || loss === 'turn') await this.redis.zrem(`${TAG}:leases`, userId);
    if (loss === 'owners' || loss === 'turn') await this.redis.hdel(`${TAG}:owners`, userId);
    if (loss === 'active' || loss === 'wait' || loss === 'control') await this.redis.del(queue + loss);
    if (loss === 'turn') await this.redis.del(`${queue}active`);
    if (loss === 'job') await this.redis.del(queue + id);
    if (loss === 'twice') await this.redis.linsert(`${queue}wait`, 'AFTER', id, id);
  }

  async loseOfShard(field: string): Promise<void> {
    await this.redis.hdel(`${TAG}:shard`, field);
  }

  given(now: string, flat: string[]): LeasedJob[] {
    return readLeasedJobs(SHARD, Number(now), flat);
  }

  async user(userId: string): Promise<RealUser> {
    const queue = `${TAG}:${userId}:`;
    const [wait, active, delayed, keys] = await Promise.all([
      this.redis.lrange(`${queue}wait`, 0, -1),
      this.redis.lrange(`${queue}active`, 0, -1),
      this.redis.zrange(`${queue}delayed`, 0, -1),
      this.redis.keys(`${queue}r*`),
    ]);
    return { wait: wait.reverse(), active, delayed, jobs: keys.map((key) => key.slice(queue.length)).sort() };
  }
}
