import { copyFile, rm } from 'node:fs/promises';
import type { Redis } from 'ioredis';
import { choosePort } from '../../scripts/lib/ports';
import { RedisServer } from '../support/redis-server';
import { SteppedDate } from '../support/stepped-date';
import { TcpProxy } from '../support/tcp-proxy';
import { testRun } from '../support/test-run';
import { until } from '../support/until';

/** A server and the proxies in front of it. */
interface Member {
  readonly server: RedisServer;
  readonly client: Redis;
  /** The folder of its dump. */
  readonly file: string;
  /** The proxy that its replica uses. */
  readonly replication: TcpProxy;
  readonly date: SteppedDate | undefined;
}

/** Two real Redis servers: the primary that clients use, and its replica. */
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

  /** SIGKILL, and an empty server in its place. */
  async restartEmpty(): Promise<void> {
    await this.restart();
  }

  /** Dumps the data of the primary. @returns the dump, for `restartFrom` */
  async dump(): Promise<string> {
    await until('the dump is written', () => this.save());
    const copy = `${this.first.file}.copy`;
    await copyFile(this.first.file, copy);
    return copy;
  }

  /** @returns false while the replica receives a full copy, because no dump can be made then */
  private async save(): Promise<boolean> {
    try {
      await this.client.save();
      return true;
    } catch (error) {
      if (String(error).includes('Background save already in progress')) return false;
      throw error;
    }
  }

  /** SIGKILL, and a server with the data of a dump in its place. */
  async restartFrom(dump: string): Promise<void> {
    await this.restart(dump);
  }

  freeze(): void {
    this.first.server.freeze();
  }

  thaw(): void {
    this.first.server.thaw();
  }

  /** From now on the replica does not receive the primary's writes. */
  holdBack(): void {
    this.first.replication.cut();
  }

  /** Makes the replica the primary; the other server stays a primary without a replica. */
  async promote(): Promise<void> {
    await this.second.client.replicaof('NO', 'ONE');
    [this.first, this.second] = [this.second, this.first];
  }

  /** Goes back to the other server with its old data, without a promotion: what was written to the present primary is lost. */
  goBack(): void {
    [this.first, this.second] = [this.second, this.first];
  }

  /** Makes the second server a replica of the first, and waits until it has all data. */
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
