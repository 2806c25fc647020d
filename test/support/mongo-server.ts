import { mongoBinary } from '../../scripts/lib/binaries';
import type { Child } from '../../scripts/lib/child';
import { startMongo } from '../../scripts/lib/mongo';
import { choosePort } from '../../scripts/lib/ports';
import { testRun } from './test-run';

/** A real MongoDB server of a test's own (a replica set of one), to be killed, frozen and started again on its data. */
export class MongoServer {
  private constructor(
    readonly port: number,
    private child: Child,
  ) {}

  /** Starts a server; it is the primary when this resolves. */
  static async start(): Promise<MongoServer> {
    const port = await choosePort();
    return new MongoServer(port, await launch(port));
  }

  /** SIGKILL, and a start on the same data: what was acknowledged by the majority is on disk. */
  async restart(): Promise<void> {
    process.kill(this.child.pid, 'SIGKILL');
    await this.child.ended;
    this.child = await launch(this.port);
  }

  /** SIGSTOP: connections stay open, nothing is answered. */
  freeze(): void {
    process.kill(this.child.pid, 'SIGSTOP');
  }

  /** SIGCONT */
  thaw(): void {
    process.kill(this.child.pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.child.end();
    await this.child.ended;
  }
}

async function launch(port: number): Promise<Child> {
  const run = testRun();
  const [data, file] = [run.path(`mongo-${port}`), run.path(`mongo-${port}.log`)];
  return startMongo(run, { binary: await mongoBinary(run), port, data, output: { file } });
}
