import { Inject, Injectable, Optional } from '@nestjs/common';
import { EventLog } from '../../../common/log/event-log';
import { EventBus } from '../../../events/event-bus';
import { MINUTE_MS, SECOND_MS } from '../../../common/time/units';
import { QueueSettings } from '../../../config/settings';
import { attemptErrorOf } from '../../../handlers/attempt-error';
import type { AttemptNotesBuffer } from '../attempt-notes';
import type { HandlerEnd } from '../attempt-outcome';
import type { Turn } from '../turn';
import { Death, IsolatedProcess } from './isolated-process';

/** How long an idle isolated process is kept for the next suspect. */
const KEPT_MS = MINUTE_MS;
/** How long after a failed start no other one is tried. */
const START_AGAIN_MS = 10 * SECOND_MS;

/** The file of the program that this process runs, if it can be started again as an isolated process. */
export const OWN_PROGRAM = Symbol('OWN_PROGRAM');

/** The right to run one suspect's attempt in the isolated process. */
export interface IsolatedPlace {
  run(attempt: number, notes: AttemptNotesBuffer): Promise<HandlerEnd | Death>;
  /** Ends what runs in it. @param reason a sentence */
  kill(reason: string): void;
  /** Gives the place back. */
  leave(): void;
}

/**
 * Runs suspects, requests that have killed two workers, one at a time in a separate process. It takes one slot, and its
 * death affects no other request. (P5)
 *
 *     enter -> (start the process) -> run -> leave -> kept for KEPT_MS -> ended
 */
@Injectable()
export class Isolation {
  private readonly log = new EventLog(Isolation.name);
  private isTaken = false;
  private isClosed = false;
  private process: IsolatedProcess | undefined;
  private kept: NodeJS.Timeout | undefined;
  /** Monotonic time. */
  private startAgainAt = -Infinity;

  constructor(
    private readonly settings: QueueSettings,
    private readonly events: EventBus,
    @Optional() @Inject(OWN_PROGRAM) private readonly program?: string,
  ) {}

  /**
   * Whether there is a program to start. An application that is part of another program runs suspects like all others.
   */
  get isPossible(): boolean {
    return this.program !== undefined;
  }

  /** @returns undefined if another suspect is running, or no process could be started */
  async enter(turn: Turn): Promise<IsolatedPlace | undefined> {
    const isWaiting = performance.now() < this.startAgainAt;
    if (this.isTaken || this.isClosed || isWaiting) return undefined;
    this.isTaken = true;
    clearTimeout(this.kept);
    const { requestId, userId, type } = turn.job;
    if (!(await this.hasProcess())) {
      this.leave();
      return undefined;
    }
    this.log.write('suspect.isolated', { requestId, userId, type, childPid: this.process?.pid });
    return {
      run: (attempt, notes) => this.run(turn, attempt, notes),
      kill: (reason) => this.process?.kill(reason),
      leave: () => this.leave(),
    };
  }

  /** Ends the process and the attempt in it. Safe to call twice. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.kept);
    this.process?.kill('its worker was told to end');
    await this.process?.end();
  }

  /**
   * An earlier suspect may have left something that ended the process: only the first suspect in it is known to be
   * guilty.
   */
  private async run(turn: Turn, attempt: number, notes: AttemptNotesBuffer): Promise<HandlerEnd | Death> {
    const { requestId, userId, type } = turn.job;
    const end = (await this.process?.run(turn, attempt, notes)) ?? { death: 'was gone' };
    if (!('death' in end)) return end;
    const wasShared = (this.process?.runs ?? 0) > 1;
    this.log.write('suspect.died', { requestId, userId, type, cause: end.death });
    const isStopped = () => turn.signal.aborted || !turn.mayAct;
    // A start takes a while: the turn may be stopped meanwhile.
    if (wasShared && !isStopped() && (await this.hasProcess()) && !isStopped())
      return this.run(turn, attempt, notes);
    if (wasShared && isStopped()) return { error: attemptErrorOf(turn.signal.reason) };
    this.events.emit('suspect.died', { userId, requestId, type });
    return end;
  }

  private async hasProcess(): Promise<boolean> {
    if (this.process?.isAlive) return true;
    this.process = undefined;
    try {
      this.process = await IsolatedProcess.start(this.program!, this.settings.leaseMs);
      if (this.isClosed) this.process.kill('its worker was told to end');
      return !this.isClosed;
    } catch (error) {
      this.startAgainAt = performance.now() + START_AGAIN_MS;
      this.log.write('isolation.failed', { cause: error });
      return false;
    }
  }

  private leave(): void {
    this.isTaken = false;
    this.kept = setTimeout(() => {
      const idle = this.process;
      this.process = undefined;
      void idle?.end();
    }, KEPT_MS);
    this.kept.unref();
  }
}
