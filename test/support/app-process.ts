import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LogEvent } from '../../src/common/log/catalogue';
import type { LogLine } from './log-lines';
import { until } from './until';

const MAIN = join(__dirname, '../../dist/main.js');

/** The built application in its own process. */
export class AppProcess {
  /** Everything it has written so far. */
  stdout = '';
  stderr = '';
  /** Its exit code once it has ended; null if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Whether a test has sent it a signal. */
  wasSignalled = false;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  /** Starts the application, or a program around it, with these of Turnwise's variables only, and Node's options of the tests. */
  static spawn(variables: Record<string, string>, program = MAIN): AppProcess {
    const { PATH, NODE_OPTIONS = '' } = process.env;
    const env = {
      PATH,
      ...variables,
      NODE_OPTIONS: `${NODE_OPTIONS} ${variables['NODE_OPTIONS'] ?? ''}`.trim(),
    };
    return new AppProcess(spawn(process.execPath, [program], { env, stdio: 'pipe' }));
  }

  /** Resolves to its URL when it listens. @throws with its output if it ends before */
  async listening(): Promise<string> {
    const url = () => this.lines('process.listening')[0]?.['url'] as string | undefined;
    const ended = this.ended.then((code) => ({ code }));
    for (let found = url(); ; found = url()) {
      if (found !== undefined) return found;
      const end = await Promise.race([ended, once(this.child.stdout!, 'data')]);
      if ('code' in end) throw new Error(`ended with ${end.code}: ${this.stderr}`);
    }
  }

  /**
   * The log lines of one event, once there are so many. A line may be read after the answer to the call that
   * wrote it: they come through two pipes.
   */
  async logged(event: LogEvent, count = 1): Promise<LogLine[]> {
    await until(`the log has ${count} of ${event}`, () => this.lines(event).length >= count);
    return this.lines(event);
  }

  /** The log lines of one event so far (docs/logs.md): all of them once the process has ended. */
  lines(event: LogEvent): LogLine[] {
    return this.stdout
      .split('\n')
      .slice(0, -1) // the last line may be incomplete
      .filter((line) => line.startsWith('{"level"') && line.includes(`"event":"${event}"`))
      .map((line) => JSON.parse(line) as LogLine);
  }

  /** The worker's name, as its attempts show it; `none` until it runs requests. */
  get worker(): string {
    return (this.lines('worker.started')[0]?.['worker'] as string | undefined) ?? 'none';
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  signal(signal: NodeJS.Signals): void {
    this.wasSignalled = true;
    this.child.kill(signal);
  }
}

/** Waits until one of these processes has logged an event with these fields. */
export const untilLogged = (apps: readonly AppProcess[], event: LogEvent, fields: LogLine) =>
  until(`the log has ${event} with ${JSON.stringify(fields)}`, () =>
    apps.some((app) =>
      app.lines(event).some((line) => Object.entries(fields).every(([name, value]) => line[name] === value)),
    ),
  );
