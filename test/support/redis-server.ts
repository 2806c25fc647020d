import { Redis } from 'ioredis';
import type { Child } from '../../scripts/lib/child';
import { LOOPBACK, choosePort } from '../../scripts/lib/ports';
import { startRedis } from '../../scripts/lib/redis';
import { testRun, testVariable } from './test-run';

export interface RedisServerOptions {
  /** A free port if omitted. */
  readonly port?: number;
  /** More arguments of the server, such as `['--maxmemory', '50mb']`. */
  readonly args?: readonly string[];
  /** More environment variables of its process. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A real Redis (or Valkey) server of one test, which can be killed, frozen and restarted. */
export class RedisServer {
  private readonly clients: Redis[] = [];

  private constructor(
    readonly port: number,
    private readonly launch: () => Promise<Child>,
    private child: Child,
  ) {}

  /** Starts a server; it answers when this resolves. */
  static async start({ port, args = [], variables }: RedisServerOptions = {}): Promise<RedisServer> {
    const chosen = port ?? (await choosePort());
    const env = { ...process.env, ...variables };
    const again = () => launch(chosen, args, env);
    return new RedisServer(chosen, again, await again());
  }

  get url(): string {
    return `redis://${LOOPBACK}:${this.port}`;
  }

  /** SIGKILL; all its data is lost. Resolves when it has ended. */
  async kill(): Promise<void> {
    process.kill(this.child.pid, 'SIGKILL');
    await this.child.ended;
  }

  /** SIGSTOP: connections stay open, and nothing is answered. */
  freeze(): void {
    process.kill(this.child.pid, 'SIGSTOP');
  }

  /** SIGCONT */
  thaw(): void {
    process.kill(this.child.pid, 'SIGCONT');
  }

  /** Ends the server if it runs, and starts an empty one on the same port. */
  async restart(): Promise<void> {
    await this.end();
    this.child = await this.launch();
  }

  /** `kill -9`, and an empty server on the same port. */
  async killAndRestart(): Promise<void> {
    await this.kill();
    this.child = await this.launch();
  }

  /** A connection that `stop` closes. */
  client(): Redis {
    const client = new Redis(this.url);
    // A test that kills the server expects its connections to break.
    client.on('error', () => undefined);
    this.clients.push(client);
    return client;
  }

  /** Closes the clients and ends the server. Safe to call twice. */
  async stop(): Promise<void> {
    for (const client of this.clients.splice(0)) client.disconnect();
    await this.end();
  }

  private async end(): Promise<void> {
    await this.child.end();
    await this.child.ended;
  }
}

const launch = (port: number, args: readonly string[], env: NodeJS.ProcessEnv) => {
  const run = testRun();
  const output = { file: run.path(`redis-${port}.log`) };
  return startRedis(run, { binary: testVariable('TEST_REDIS_BINARY'), port, output, args, env });
};
