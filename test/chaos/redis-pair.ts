import { copyFile, rm } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import { choosePort } from '../../scripts/lib/ports';
import { RedisServer } from '../support/redis-server';
import { SteppedDate } from '../support/stepped-date';
import { TcpProxy } from '../support/tcp-proxy';
import { testRun } from '../support/test-run';
import { until } from '../support/until';

/** A server and the ways that others have to it. */
interface Member {
  readonly server: RedisServer;
  readonly client: Redis;
  /** Where it keeps its dump. */
  readonly file: string;
  /** The way that its replica takes. */
  readonly replication: TcpProxy;
  readonly date: SteppedDate | undefined;
}

/** Two real Redis servers: the primary that clients are led to, and its replica. */
export class RedisPair {
  private constructor(
    private first: Member,
    private second: Member,
  ) {}

  static async start(): Promise<RedisPair> {
    const pair = new RedisPair(await startMember(), await startMember());
    await pair.follow();
    return pair;
  }

  /** The primary's port. */
  get port(): number {
    return this.first.server.port;
  }

  get replicaPort(): number {
    return this.second.server.port;
  }

  /** The dates of both; undefined where they cannot be moved. */
  get dates(): (SteppedDate | undefined)[] {
    return [this.first.date, this.second.date];
  }

  /** A connection to the primary. */
  get client(): Redis {
    return this.first.client;
  }

  /** SIGKILL, and an empty one in its place. */
  async restartEmpty(): Promise<void> {
    await this.restart();
  }

  /** Writes down what the primary has now. @returns for `restartFrom` */
  async dump(): Promise<string> {
    await until('the dump is written', () => this.save());
    const copy = `${this.first.file}.copy`;
    await copyFile(this.first.file, copy);
    return copy;
  }

  /** @returns false while the replica is sent a copy of everything: then there can be no dump */
  private async save(): Promise<boolean> {
    try {
      await this.client.save();
      return true;
    } catch (error) {
      if (String(error).includes('Background save already in progress')) return false;
      throw error;
    }
  }

  /** SIGKILL, and one that has what a dump has. */
  async restartFrom(dump: string): Promise<void> {
    await this.restart(dump);
  }

  freeze(): void {
    this.first.server.freeze();
  }

  thaw(): void {
    this.first.server.thaw();
  }

  /** From now on the replica does not get what the primary is told. */
  holdBack(): void {
    this.first.replication.cut();
  }

  /** Makes the replica the primary; the other one stays what it is, on its own. */
  async promote(): Promise<void> {
    await this.second.client.replicaof('NO', 'ONE');
    [this.first, this.second] = [this.second, this.first];
  }

  /** Goes back to the other one as it was left, without a promotion: what the present primary was told is lost. */
  goBack(): void {
    [this.first, this.second] = [this.second, this.first];
  }

  /** Makes the second one a replica of the first, and waits until it has all that the first has. */
  async follow(): Promise<void> {
    this.first.replication.mend();
    await this.second.client.replicaof('127.0.0.1', this.first.replication.port);
    await until('the replica has caught up', async () =>
      (await this.second.client.info('replication')).includes('master_link_status:up'),
    );
  }

  async stop(): Promise<void> {
    for (const { server, replication, date } of [this.first, this.second]) {
      await server.stop();
      await replication.stop();
      date?.close();
    }
  }

  private async restart(dump?: string): Promise<void> {
    const { server, file } = this.first;
    await server.kill();
    await rm(file, { force: true });
    if (dump !== undefined) await copyFile(dump, file);
    await server.restart();
    await until('Redis answers', async () => (await this.client.ping().catch(() => '')) === 'PONG');
  }
}

async function startMember(): Promise<Member> {
  const port = await choosePort();
  const name = `redis-${port}.rdb`;
  const date = SteppedDate.make();
  const server = await RedisServer.start({
    ...(date ? { variables: date.variables } : {}),
    port,
    args: ['--dbfilename', name, '--repl-diskless-sync-delay', '0'],
  });
  const replication = await TcpProxy.start(port);
  return { server, client: server.client(), file: testRun().path(name), replication, date };
}
