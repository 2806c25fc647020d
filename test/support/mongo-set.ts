import { setTimeout as delay } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { mongoBinary } from '../../scripts/lib/binaries';
import type { Child } from '../../scripts/lib/child';
import { REPLICA_SET, startMember } from '../../scripts/lib/mongo';
import { choosePort, LOOPBACK } from '../../scripts/lib/ports';
import { SteppedDate } from './stepped-date';
import { TcpProxy } from './tcp-proxy';
import { testRun } from './test-run';
import { until } from './until';

const MEMBERS = 3;
/** Short, so that a new primary is elected before a short view ends. */
const SETTINGS = { electionTimeoutMillis: 1500, heartbeatIntervalMillis: 300 };
/** The first member becomes the primary again once it has caught up. */
const PRIORITIES = [2, 1, 1];

/** A server, and the proxy through which the other members connect to it, and drivers unless they have their own. */
export class MongoMember {
  private child!: Child;
  private readonly client: mongo.MongoClient;

  private constructor(
    readonly port: number,
    readonly way: TcpProxy,
    /** The server's date; undefined where it cannot be moved. */
    readonly date: SteppedDate | undefined,
  ) {
    const options = { serverSelectionTimeoutMS: 1000, socketTimeoutMS: 2000, maxPoolSize: 1 };
    this.client = new mongo.MongoClient(`mongodb://${LOOPBACK}:${port}/?directConnection=true`, options);
  }

  static async start(): Promise<MongoMember> {
    const port = await choosePort();
    const member = new MongoMember(port, await TcpProxy.start(port), SteppedDate.make());
    await member.launch();
    return member;
  }

  /** The address of the member in the set. */
  get host(): string {
    return `${LOOPBACK}:${this.way.port}`;
  }

  /** SIGKILL. Writes that it has acknowledged for a majority are on disk. */
  async kill(): Promise<void> {
    process.kill(this.child.pid, 'SIGKILL');
    await this.child.ended;
  }

  /** Starts it on its data; it listens when this resolves. */
  async launch(): Promise<void> {
    const run = testRun();
    const [data, file] = [run.path(`mongo-${this.port}`), run.path(`mongo-${this.port}.log`)];
    const env = { ...process.env, ...this.date?.variables };
    const binary = await mongoBinary(run);
    this.child = await startMember(run, { binary, port: this.port, data, output: { file }, env });
  }

  /** SIGSTOP: connections stay open, and nothing is answered. */
  freeze(): void {
    process.kill(this.child.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.child.pid, 'SIGCONT');
  }

  /** Runs a command on this member alone; rejects if it does not answer in time. */
  async command(command: mongo.Document): Promise<mongo.Document> {
    return this.client.db('admin').command(command);
  }

  async stop(): Promise<void> {
    await this.client.close();
    await this.child.end();
    await this.child.ended;
    await this.way.stop();
    this.date?.close();
  }
}

/** A real MongoDB replica set of three members on this machine. */
export class MongoSet {
  private constructor(readonly members: readonly MongoMember[]) {}

  /** The first member is the primary when this resolves: if another one was elected before, it is replaced. */
  static async start(): Promise<MongoSet> {
    const set = new MongoSet(await Promise.all(Array.from({ length: MEMBERS }, () => MongoMember.start())));
    const members = set.members.map(({ host }, _id) => ({ _id, host, priority: PRIORITIES[_id] }));
    await set.members[0]!.command({ replSetInitiate: { _id: REPLICA_SET, members, settings: SETTINGS } });
    await until('the first member is the primary', async () => (await set.primary()) === set.members[0]);
    return set;
  }

  uri(database: string): string {
    return `mongodb://${this.members.map(({ host }) => host).join()}/${database}?replicaSet=${REPLICA_SET}`;
  }

  /** Returns the primary, once there is one. @param except a member that does not count */
  async primary(except?: MongoMember): Promise<MongoMember> {
    let found: MongoMember | undefined;
    await until('MongoDB has a primary', async () => {
      for (const member of this.members) {
        if (member === except) continue;
        const hello = await member.command({ hello: 1 }).catch(() => undefined);
        if (hello?.['isWritablePrimary'] === true) found = member;
      }
      return found !== undefined;
    });
    return found!;
  }

  /** Kills all members and starts them again. */
  async restart(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
    await delay(50);
    await Promise.all(this.members.map((member) => member.launch()));
  }

  freeze(): void {
    for (const member of this.members) member.freeze();
  }

  thaw(): void {
    for (const member of this.members) member.thaw();
  }

  async stop(): Promise<void> {
    await Promise.all(this.members.map((member) => member.stop()));
  }
}
