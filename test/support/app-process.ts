import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(__dirname, '../../dist/main.js');

/** The built application in a process of its own. */
export class AppProcess {
  /** What it has written so far. */
  stdout = '';
  stderr = '';
  /** Its exit code, when it has ended; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Whether a test has sent it a signal. */
  wasSignalled = false;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  /** Starts it, or a program that builds on it, with these variables and no others of Turnwise's. */
  static spawn(variables: Record<string, string>, program = MAIN): AppProcess {
    const { PATH } = process.env;
    return new AppProcess(spawn(process.execPath, [program], { env: { PATH, ...variables }, stdio: 'pipe' }));
  }

  /** Resolves to its URL when it listens. @throws with what it wrote if it ends before */
  async listening(): Promise<string> {
    const url = () => /listening on (http:\S+?) as/.exec(this.stdout)?.[1];
    const ended = this.ended.then((code) => ({ code }));
    for (let found = url(); ; found = url()) {
      if (found !== undefined) return found;
      const end = await Promise.race([ended, once(this.child.stdout!, 'data')]);
      if ('code' in end) throw new Error(`ended with ${end.code}: ${this.stderr}`);
    }
  }

  /** The name of its worker, as its attempts show it; `none` until it runs requests. */
  get worker(): string {
    return /worker (\S+) runs/.exec(this.stdout)?.[1] ?? 'none';
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.wasSignalled = true;
    this.child.kill(signal);
  }
}
