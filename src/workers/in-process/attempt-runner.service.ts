import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { traceOf } from '../../common/trace/traceparent';
import { Shutdown } from '../../common/process/shutdown';
import { QueueSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { shownCode } from '../../events/event-map';
import { HandlerRegistry } from '../../handlers/handler-registry.service';
import { LiveNotesStore } from '../../journal/live-notes.service';
import type { EndedAttempt } from '../../journal/request-document';
import { AttemptEnd, outcomeOfFailure, requestErrorOf } from '../turns/attempt-end';
import { attemptContext } from './attempt-context';
import { AttemptNotesBuffer } from './attempt-notes';
import { endOf, errorOf, HandlerEnd, outcomeOf } from './attempt-outcome';
import type { Death } from './isolation/isolated-process';
import type { IsolatedPlace } from './isolation/isolation.service';
import { NotesWriter } from './notes-writer.service';
import type { Turn } from './turn';
import { HeldTurns } from './held-turns.service';
import { Watchdog } from './watchdog/watchdog.service';

/** How long a handler may ignore an abort, in leases: 30 s by default. */
const STUCK_LEASES = 3;

/** An attempt that was lost with its isolated process. */
export interface LostAttempt {
  readonly lost: EndedAttempt;
}

/** Runs one attempt of a request with its handler, and returns the outcome. */
@Injectable()
export class AttemptRunner {
  private readonly log = new EventLog(AttemptRunner.name);

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly turns: HeldTurns,
    private readonly watchdog: Watchdog,
    private readonly notesWriter: NotesWriter,
    private readonly liveNotes: LiveNotesStore,
    private readonly events: EventBus,
    private readonly shutdown: Shutdown,
    private readonly settings: QueueSettings,
  ) {}

  /**
   * Resolves when the handler's promise, or its isolated process, has ended, not already when it is told to stop. (P1)
   * @param place where it runs, if not in this process
   * @returns undefined if the attempt must not be recorded: its lease has ended, or it is handed back
   */
  async run(
    turn: Turn,
    attempt: number,
    place?: IsolatedPlace,
  ): Promise<AttemptEnd | LostAttempt | undefined> {
    const { job } = turn;
    const base = { userId: job.userId, requestId: job.requestId, type: job.type, attempt };
    this.events.emit('attempt.started', { ...base, waitedMs: Math.max(0, job.leasedAt - job.dueAt) });
    const startedAt = turn.shardTime();
    const notes = this.notesOf(turn, attempt);
    const ended = await this.handle(turn, attempt, notes, place);
    const finishedAt = turn.shardTime();
    const outcome = 'death' in ended ? 'lost' : outcomeOf(turn, ended);
    const error = 'error' in ended ? errorOf(turn, ended.error) : undefined;
    this.events.emit('attempt.ended', {
      ...base,
      outcome,
      durationMs: finishedAt - startedAt,
      errorCode: error && shownCode(error.code),
      trace: traceOf(job),
    });
    const record = {
      number: attempt,
      token: job.token,
      // When it was leased: a later look-up needs this if this worker dies before it settles.
      startedAt: new Date(job.leasedAt),
      finishedAt: new Date(finishedAt),
      outcome,
      worker: this.turns.worker,
      ...notes.notes,
    };
    if ('death' in ended) {
      if (!turn.mayAct || turn.stoppedFor === 'shutdown') return undefined;
      const message = `Its isolated process ${ended.death}.`;
      return { lost: { ...record, error: { code: 'process_ended', message } } };
    }
    if (outcome === 'lost') return undefined;
    return {
      record: { ...record, ...(error ? { error: requestErrorOf(error) } : {}) },
      then: error
        ? outcomeOfFailure(job.options, attempt, error, finishedAt)
        : { kind: 'succeeded', result: 'result' in ended ? ended.result : undefined },
    };
  }

  /** Calls back if a handler ignores an abort for STUCK_LEASES: it may never end. */
  private whenStuck({ signal }: Turn, isStuck: () => void): { end(): void } {
    let timer: NodeJS.Timeout | undefined;
    const toldToStop = () => {
      timer = setTimeout(isStuck, STUCK_LEASES * this.settings.leaseMs);
    };
    signal.addEventListener('abort', toldToStop, { once: true });
    return {
      end: () => {
        signal.removeEventListener('abort', toldToStop);
        clearTimeout(timer);
      },
    };
  }

  /**
   * The user's turn must not pass on while the handler runs (P1). So the process hands the other turns on and is
   * replaced, and the lost attempt counts as a crash.
   */
  private replaceProcess(turn: Turn, attempt: number): void {
    const { requestId, userId, type, token, leasedAt } = turn.job;
    this.log.write('handler.ignores_abort', { requestId, userId, type, attempt });
    turn.isStuck = true;
    const message = 'Its handler ignored that it was told to stop, so its process was replaced.';
    const trouble = {
      worker: this.turns.worker,
      givenAt: new Date(leasedAt),
      code: 'abort_ignored',
      message,
    } as const;
    this.liveNotes
      .tellTrouble({ requestId, token }, trouble)
      .catch((cause: unknown) =>
        this.log.write('step.failed', { step: 'record why an attempt is lost', requestId, userId, cause }),
      );
    this.shutdown.requestReplacement();
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

  private async handle(
    turn: Turn,
    attempt: number,
    notes: AttemptNotesBuffer,
    place: IsolatedPlace | undefined,
  ): Promise<HandlerEnd | Death> {
    const timer = setTimeout(() => turn.stop('timed_out'), turn.job.options.timeout);
    const stuck = this.whenStuck(turn, () =>
      place ? place.kill('its handler ignored that it was told to stop') : this.replaceProcess(turn, attempt),
    );
    try {
      return await (place ? place.run(attempt, notes) : this.handleHere(turn, attempt, notes));
    } finally {
      notes.close();
      this.notesWriter.forget(notes);
      clearTimeout(timer);
      stuck.end();
    }
  }

  private async handleHere(turn: Turn, attempt: number, notes: AttemptNotesBuffer): Promise<HandlerEnd> {
    const watched = this.watchdog.watch(turn);
    try {
      const context = attemptContext(turn, attempt, notes);
      return await endOf(() => watched.calling(() => this.handlers.run(context, () => turn.payload())));
    } finally {
      watched.end();
    }
  }
}
