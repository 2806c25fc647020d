import { rm } from 'node:fs/promises';
import { mongoBinary } from '../../scripts/lib/binaries';
import type { Child } from '../../scripts/lib/child';
import { mongoUri, startMongo } from '../../scripts/lib/mongo';
import { choosePort } from '../../scripts/lib/ports';
import { RedisServer } from '../support/redis-server';
import { TcpProxy } from '../support/tcp-proxy';
import { testRun } from '../support/test-run';
import { until } from '../support/until';

/** One process's own ways to the stores. */
export interface Ways {
  readonly redis: TcpProxy;
  readonly mongo: TcpProxy;
}

/** A pair of Redis servers, of which one is used, and a MongoDB; all to be hurt. */
export class ChaosStores {
  private readonly ways = new Set<Ways>();

  private constructor(
    private redis: RedisServer,
    private other: RedisServer,
    private mongo: Child,
    private readonly mongoPort: number,
  ) {}

  static async start(): Promise<ChaosStores> {
    const port = await choosePort();
    const args = (name: string) => ['--dbfilename', `${name}.rdb`, '--repl-diskless-sync-delay', '0'];
    const [redis, other, mongo] = await Promise.all([
      RedisServer.start({ args: args('a') }),
      RedisServer.start({ args: args('b') }),
      launchMongo(port),
    ]);
    return new ChaosStores(redis, other, mongo, port);
  }

  /** Ways to the stores for one more process. */
  async way(): Promise<Ways> {
    const ways = {
      redis: await TcpProxy.start(this.redis.port),
      mongo: await TcpProxy.start(this.mongoPort),
    };
    this.ways.add(ways);
    return ways;
  }

  get all(): readonly Ways[] {
    return [...this.ways];
  }

  /** Where tests look at what is there, past all proxies. */
  get mongodbUri(): string {
    return mongoUri(this.mongoPort, 'chaos');
  }

  get currentRedis(): RedisServer {
    return this.redis;
  }

  /** Redis comes back as it was some time before: what it had confirmed since is lost. */
  async rollBack(forMs: () => Promise<void>): Promise<void> {
    await this.redis.client().save();
    await forMs();
    await this.redis.kill();
    await this.redis.restart();
    await rm(testRun().path('a.rdb'), { force: true });
    await rm(testRun().path('b.rdb'), { force: true });
  }

  /** The other server takes over, a replica until then, and the link is cut first: the last writes are lost. */
  async failOver(forMs: () => Promise<void>): Promise<void> {
    const [from, to] = [this.redis, this.other];
    await to.client().replicaof('127.0.0.1', from.port);
    await until('the replica follows', async () =>
      (await to.client().info('replication')).includes('master_link_status:up'),
    );
    await to.client().replicaof('NO', 'ONE');
    await forMs(); // what is confirmed now is lost
    [this.redis, this.other] = [to, from];
    for (const { redis } of this.ways) redis.lead(to.port);
  }

  async restartMongo(): Promise<void> {
    process.kill(this.mongo.pid, 'SIGKILL');
    await this.mongo.ended;
    this.mongo = await launchMongo(this.mongoPort);
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.flatMap(({ redis, mongo }) => [redis.stop(), mongo.stop()]));
    await Promise.all([this.redis.stop(), this.other.stop()]);
    await this.mongo.end();
    await this.mongo.ended;
  }
}

async function launchMongo(port: number): Promise<Child> {
  const run = testRun();
  const binary = await mongoBinary(run);
  return startMongo(run, {
    ...{ binary, port, data: run.path('chaos-mongo') },
    output: { file: run.path('chaos-mongo.log') },
  });
}
