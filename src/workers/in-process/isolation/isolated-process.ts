import { ChildProcess, fork } from 'node:child_process';
import { SHARED_CLOCK_OFFSET } from '../../../common/time/shared-clock';
import { SECOND_MS } from '../../../common/time/units';
import { leaseMarginMs } from '../../../config/durations';
import type { AttemptNotesBuffer } from '../attempt-notes';
import type { HandlerEnd } from '../attempt-outcome';
import type { Turn } from '../turn';
import { ISOLATED, Order, Report, TELLS_A_LEASE } from './messages';

/** A start that takes longer has failed. */
const START_MS = 60 * SECOND_MS;

/** A process that has not ended this long after it was told to is killed. */
const END_MS = 5 * SECOND_MS;

const BLOCKED = 'its event loop did not turn';

/** How the process of an attempt died. */
export interface Death {
  /** A sentence for the error. */
  readonly death: string;
}

/**
 * A child process that runs handlers, one attempt at a time; its death affects nothing else. It is ended before the
 * lease of its attempt ends, like the process of any handler: by this process, whose event loop it cannot block, or by
 * its own thread if this process is gone. (P1)
 */
export class IsolatedProcess {
  /** Number of attempts that have started in it. */
  runs = 0;
  private readonly ended: Promise<Death>;
  private isEnded = false;
  /** Why it was killed, or failed. */
  private reason: string | undefined;
  /**
   * Checks since its last message. Checks that this process missed because it was blocked are not counted.
   */
  private silentLooks = 0;
  private report: (report: Report) => void = () => undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly leaseMs: number,
  ) {
    child.on('message', (message: Report) => {
      this.silentLooks = 0;
      if (message.kind === 'broken') this.reason = message.message;
      this.report(message);
    });
    this.ended = new Promise((resolve) => {
      const end = (how: string) => {
        this.isEnded = true;
        // Its own thread may have ended it first: it only knows the end of the lease that it received before it was
        // blocked.
        const reason = this.reason ?? (this.silentLooks > TELLS_A_LEASE / 2 ? BLOCKED : undefined);
        resolve({ death: reason === undefined ? how : `${how}: ${reason}` });
      };
      // Node also emits it for a signal that is refused, any number of times: that ends no process.
      child.on('error', (error) => child.pid === undefined && end(`could not be started (${error.message})`));
      child.once('exit', (code, signal) =>
        end(signal === null ? `ended with code ${code}` : `ended with ${signal}`),
      );
    });
  }

  /**
   * @param program the one that this process runs: it is started again, with ISOLATED as its first argument
   * @throws Error if it ends, or does not report that it is ready
   */
  static async start(program: string, leaseMs: number): Promise<IsolatedProcess> {
    const child = fork(program, [ISOLATED], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const isolated = new IsolatedProcess(child, leaseMs);
    const ready = new Promise<'ready'>((resolve) => {
      isolated.report = ({ kind }) => kind === 'ready' && resolve('ready');
    });
    const timer = setTimeout(() => isolated.kill(`it was not ready after ${START_MS} ms`), START_MS);
    const outcome = await Promise.race([ready, isolated.ended]);
    clearTimeout(timer);
    if (outcome !== 'ready') throw new Error(`the isolated process ${outcome.death}`);
    return isolated;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get isAlive(): boolean {
    return !this.isEnded;
  }

  /** Resolves when the handler's promise or the process has ended: then nothing of the attempt is running. (P1) */
  async run(turn: Turn, attempt: number, notes: AttemptNotesBuffer): Promise<HandlerEnd | Death> {
    this.runs += 1;
    this.silentLooks = 0;
    const finished = new Promise<HandlerEnd>((resolve) => {
      this.report = (report) => {
        if (report.kind === 'notes') notes.replace(report.notes);
        if (report.kind === 'ended') resolve(report.end);
      };
    });
    const shardOffset = turn.shardTime() - performance.now() - SHARED_CLOCK_OFFSET;
    this.tell({ kind: 'run', job: turn.job, attempt, deadline: this.deadlineOf(turn), shardOffset });
    const stop = () => this.tell({ kind: 'stop', message: (turn.signal.reason as Error).message });
    if (turn.signal.aborted) stop();
    turn.signal.addEventListener('abort', stop, { once: true });
    const timer = setInterval(() => this.guard(turn), this.leaseMs / TELLS_A_LEASE);
    try {
      return await Promise.race([finished, this.ended]);
    } finally {
      clearInterval(timer);
      turn.signal.removeEventListener('abort', stop);
      this.report = () => undefined;
    }
  }

  /** @param reason a sentence, kept with the attempt that it runs */
  kill(reason: string): void {
    this.reason ??= reason;
    this.child.kill('SIGKILL');
  }

  /** Ends it when nothing runs in it. Kills it if code that an attempt left behind keeps it from noticing. */
  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), END_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /** The same rule as for a handler in this process: if it blocks the event loop for a lease, it loses the lease. */
  private guard(turn: Turn): void {
    const now = performance.now();
    this.silentLooks += 1;
    if (this.silentLooks > TELLS_A_LEASE) return this.kill(BLOCKED);
    if (now >= turn.goneBy - 2 * leaseMarginMs({ leaseMs: this.leaseMs }))
      return this.kill('its lease could not be renewed');
    this.tell({ kind: 'deadline', at: this.deadlineOf(turn) });
  }

  private deadlineOf(turn: Turn): number {
    return SHARED_CLOCK_OFFSET + turn.goneBy - leaseMarginMs({ leaseMs: this.leaseMs });
  }

  private tell(order: Order): void {
    if (this.child.connected) this.child.send(order, () => undefined); // `ended` reports a child that has ended
  }
}
