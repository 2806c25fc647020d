import { writeFile } from 'node:fs/promises';
import { Redis } from 'ioredis';
import type { Child } from '../../scripts/lib/child';
import { LOOPBACK, choosePort } from '../../scripts/lib/ports';
import { RedisServer } from './redis-server';
import { testRun, testVariable } from './test-run';
import { until } from './until';

const MASTER = 'queues';
const SENTINELS = 3;
/** Time without an answer after which a server counts as down, ms: longer than a busy machine mostly stalls. */
const DOWN_AFTER_MS = 3_000;

/** Two real servers, one the replica of the other, and three sentinels that watch them. */
export class RedisSentinels {
  private constructor(
    readonly servers: readonly RedisServer[],
    private readonly sentinels: readonly {
      readonly port: number;
      readonly child: Child;
      readonly client: Redis;
    }[],
  ) {}

  /** Starts them; the sentinels know each other and the replica when this resolves. */
  static async start(): Promise<RedisSentinels> {
    const args = ['--repl-diskless-sync-delay', '0'];
    const first = await RedisServer.start({ args });
    const second = await RedisServer.start({ args: [...args, '--replicaof', LOOPBACK, String(first.port)] });
    const sentinels = await Promise.all(Array.from({ length: SENTINELS }, () => startSentinel(first.port)));
    const all = new RedisSentinels([first, second], sentinels);
    await until('the sentinels know all', async () => {
      const known = await Promise.all(
        sentinels.map(async ({ client }) => [
          ((await client.call('SENTINEL', 'SENTINELS', MASTER)) as unknown[]).length,
          ((await client.call('SENTINEL', 'REPLICAS', MASTER)) as unknown[]).length,
        ]),
      );
      return known.every(([others, replicas]) => others === SENTINELS - 1 && replicas === 1);
    });
    return all;
  }

  /** The value for REDIS_URL. */
  get url(): string {
    return this.sentinels.map(({ port }) => `redis+sentinel://${LOOPBACK}:${port}/${MASTER}`).join(',');
  }

  /** The server that the sentinels report as the master. */
  async master(): Promise<RedisServer | undefined> {
    const [, port] = (await this.sentinels[0]!.client.call(
      'SENTINEL',
      'GET-MASTER-ADDR-BY-NAME',
      MASTER,
    )) as [string, string];
    return this.servers.find((server) => server.port === Number(port));
  }

  /** Makes the other server the master while both are up; resolves when it is. */
  async failOver(): Promise<void> {
    const before = await this.master();
    await until('a failover is begun', async () => {
      const asked = this.sentinels[0]!.client.call('SENTINEL', 'FAILOVER', MASTER);
      return asked.then(
        () => true,
        () => false,
      ); // the failover before is not finished yet
    });
    await until('the other one is the master', async () => (await this.master()) !== before);
  }

  async stop(): Promise<void> {
    for (const { client } of this.sentinels) client.disconnect();
    await Promise.all(this.sentinels.map(({ child }) => child.end()));
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

async function startSentinel(master: number) {
  const run = testRun();
  const port = await choosePort();
  const file = run.path(`sentinel-${port}.conf`);
  const settings = [
    `port ${port}`,
    `bind ${LOOPBACK}`,
    `dir ${run.folder}`,
    `sentinel monitor ${MASTER} ${LOOPBACK} ${master} 2`,
    `sentinel down-after-milliseconds ${MASTER} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${MASTER} ${5 * DOWN_AFTER_MS}`,
  ];
  await writeFile(file, settings.join('\n') + '\n');
  const child = run.spawn('Sentinel', testVariable('TEST_REDIS_BINARY'), [file, '--sentinel'], {
    output: { file: run.path(`sentinel-${port}.log`) },
    outlives: true,
  });
  const client = new Redis(port, LOOPBACK);
  client.on('error', () => undefined);
  return { port, child, client };
}
