import { Injectable, Logger } from '@nestjs/common';
import { JsonText } from '../common/json/json-text';
import { Shutdown } from '../common/shutdown';
import { QueueSettings } from '../config/settings';
import { EventBus } from '../events/event-bus';
import { HandlerRegistry } from '../handlers/handler-registry.service';
import { afterFailure, AttemptEnd, requestErrorOf } from '../turns/attempt-end';
import { attemptContext } from './attempt-context';
import { AttemptNotesBuffer } from './attempt-notes';
import { errorOf, HandlerEnd, outcomeOf } from './attempt-outcome';
import { NotesWriter } from './notes-writer.service';
import type { Turn } from './turn';
import { Turns } from './turns.service';
import { Watchdog } from './watchdog.service';

/** How long a handler may ignore that it was told to stop, in leases: 30 s by default. */
const STUCK_LEASES = 3;

/** Runs one attempt of a request by its handler, and says what has become of it. */
@Injectable()
export class AttemptRunner {
  private readonly log = new Logger(AttemptRunner.name);

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly turns: Turns,
    private readonly watchdog: Watchdog,
    private readonly notesWriter: NotesWriter,
    private readonly events: EventBus,
    private readonly shutdown: Shutdown,
    private readonly settings: QueueSettings,
  ) {}

  /**
   * Resolves when the handler's promise has ended, not when it was told to stop. (P1)
   * @returns undefined when the attempt is not to be recorded: its lease has ended, or it is to be handed back
   */
  async run(turn: Turn, attempt: number): Promise<AttemptEnd | undefined> {
    const { job } = turn;
    const base = { userId: job.userId, requestId: job.requestId, type: job.type, attempt };
    this.events.emit('attempt.started', { ...base, waitedMs: Math.max(0, job.givenAt - job.dueAt) });
    const startedAt = turn.shardTime();
    const notes = this.notesOf(turn, attempt);
    const ended = await this.handle(turn, attempt, notes);
    const finishedAt = turn.shardTime();
    const outcome = outcomeOf(turn, ended);
    this.events.emit('attempt.ended', { ...base, outcome, durationMs: finishedAt - startedAt });
    if (outcome === 'lost') return undefined;
    const error = 'error' in ended ? errorOf(turn, ended.error) : undefined;
    return {
      record: {
        number: attempt,
        token: job.token,
        // When it was given out: what a later look-up knows of it, should this worker die before it settles.
        startedAt: new Date(job.givenAt),
        finishedAt: new Date(finishedAt),
        outcome,
        worker: this.turns.worker,
        ...notes.notes,
        ...(error ? { error: requestErrorOf(error) } : {}),
      },
      then: error
        ? afterFailure(job.options, attempt, error, finishedAt)
        : { kind: 'succeeded', result: 'result' in ended ? ended.result : undefined },
    };
  }

  /**
   * A handler that ignores for STUCK_LEASES that it was told to stop may never end. The user's turn must not pass on
   * while it runs (P1), so the process hands the others on and is replaced; the death is counted.
   */
  private whenStuck(turn: Turn, attempt: number): { end(): void } {
    let timer: NodeJS.Timeout | undefined;
    const toldToStop = () => {
      timer = setTimeout(() => {
        const { requestId, type } = turn.job;
        this.log.error(
          `the handler of ${type} ignores that attempt ${attempt} of ${requestId} is over: replacing the process`,
        );
        turn.isStuck = true;
        this.shutdown.requestReplacement();
      }, STUCK_LEASES * this.settings.leaseMs);
    };
    turn.signal.addEventListener('abort', toldToStop, { once: true });
    return {
      end: () => {
        turn.signal.removeEventListener('abort', toldToStop);
        clearTimeout(timer);
      },
    };
  }

  private notesOf(turn: Turn, attempt: number): AttemptNotesBuffer {
    const { userId, requestId, token } = turn.job;
    const latest = () => ({ userId, requestId, token, notes: { attempt, ...notes.notes } });
    const notes: AttemptNotesBuffer = new AttemptNotesBuffer(
      () => turn.shardTime(),
      () => this.notesWriter.touch(notes, latest),
    );
    return notes;
  }

  private async handle(turn: Turn, attempt: number, notes: AttemptNotesBuffer): Promise<HandlerEnd> {
    const timer = setTimeout(() => turn.stop('timed_out'), turn.job.options.timeout);
    const stuck = this.whenStuck(turn, attempt);
    turn.isRunning = true;
    this.watchdog.watch(turn);
    try {
      const result = await this.handlers.run(attemptContext(turn, attempt, notes));
      return { result: resultText(result) };
    } catch (error) {
      return { error };
    } finally {
      turn.isRunning = false;
      notes.close();
      this.notesWriter.forget(notes);
      clearTimeout(timer);
      stuck.end();
    }
  }
}

/** @throws SyntaxError if a handler calls JSON what is none: it would make nonsense of every answer that shows it */
function resultText(result: unknown): string | undefined {
  if (!(result instanceof JsonText)) return JSON.stringify(result);
  JSON.parse(result.text);
  return result.text;
}
