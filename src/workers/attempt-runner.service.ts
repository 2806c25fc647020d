import { Injectable, Logger } from '@nestjs/common';
import { JsonText } from '../common/json/json-text';
import { Shutdown } from '../common/shutdown';
import { QueueSettings } from '../config/settings';
import { EventBus } from '../events/event-bus';
import type { AttemptOutcome } from '../events/event-map';
import { AttemptError, attemptErrorOf } from '../handlers/attempt-error';
import { HandlerRegistry } from '../handlers/handler-registry.service';
import type { OutcomeThen } from '../requests/record/fenced-updates';
import type { EndedAttempt } from '../requests/record/request-document';
import { backoffOf } from './backoff';
import type { Turn } from './turn';
import { Turns } from './turns.service';
import { Watchdog } from './watchdog.service';

/** How long a handler may ignore that it was told to stop, in leases: 30 s by default. */
const STUCK_LEASES = 3;

/** How an attempt has ended, and what is to be recorded of it. */
export interface AttemptEnd {
  readonly record: EndedAttempt;
  readonly then: OutcomeThen;
}

/** Runs one attempt of a request by its handler, and says what has become of it. */
@Injectable()
export class AttemptRunner {
  private readonly log = new Logger(AttemptRunner.name);

  constructor(
    private readonly handlers: HandlerRegistry,
    private readonly turns: Turns,
    private readonly watchdog: Watchdog,
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
    const ended = await this.handle(turn, attempt);
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
        ...(error
          ? {
              error: {
                code: error.code,
                message: error.message,
                ...(error.details === undefined ? {} : { details: error.details }),
              },
            }
          : {}),
      },
      then: error
        ? afterFailure(turn, attempt, error, finishedAt)
        : { kind: 'succeeded', result: (ended as Succeeded).result },
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

  private async handle(turn: Turn, attempt: number): Promise<Succeeded | Failed> {
    const { job } = turn;
    const timer = setTimeout(() => turn.stop('timed_out'), job.options.timeout);
    const stuck = this.whenStuck(turn, attempt);
    const log = new Logger(`Handler ${job.type}`);
    turn.isRunning = true;
    this.watchdog.watch(turn);
    try {
      const result = await this.handlers.run({
        requestId: job.requestId,
        userId: job.userId,
        type: job.type,
        attempt,
        seq: job.seq,
        fencingToken: job.token,
        idempotencyKey: job.requestId,
        signal: turn.signal,
        payloadText: job.payload,
        log,
        progress: (done, text) => log.debug(`${job.requestId}: ${Math.round(done * 100)} % ${text ?? ''}`),
      });
      return { result: resultText(result) };
    } catch (error) {
      return { error };
    } finally {
      turn.isRunning = false;
      clearTimeout(timer);
      stuck.end();
    }
  }
}

interface Succeeded {
  readonly result: string | undefined;
}
interface Failed {
  readonly error: unknown;
}

const resultText = (result: unknown): string | undefined =>
  result instanceof JsonText ? result.text : JSON.stringify(result);

/** A result counts whatever the handler was told meanwhile, as long as it may be recorded. */
function outcomeOf(turn: Turn, ended: Succeeded | Failed): AttemptOutcome {
  if (!turn.mayAct) return 'lost';
  if (!('error' in ended)) return 'succeeded';
  if (turn.stoppedFor === 'timed_out' || turn.stoppedFor === 'cancelled') return turn.stoppedFor;
  return turn.stoppedFor === undefined ? 'failed' : 'lost';
}

function errorOf(turn: Turn, thrown: unknown): AttemptError {
  const error = attemptErrorOf(thrown);
  if (turn.stoppedFor !== 'timed_out') return error;
  const message = `The attempt took longer than its limit of ${turn.job.options.timeout} ms.`;
  return { ...error, code: 'timed_out', message, retryable: true };
}

/** Retried in place until the attempts are used up. (P2) */
function afterFailure(turn: Turn, attempt: number, error: AttemptError, finishedAt: number): OutcomeThen {
  const { attempts, backoff } = turn.job.options;
  if (!error.retryable || attempt >= attempts) return { kind: 'failed', error };
  const own = backoffOf(backoff, attempt);
  const wait =
    error.wait === undefined ? own : error.wait.atLeast ? Math.max(own, error.wait.ms) : error.wait.ms;
  return { kind: 'retry', notBefore: finishedAt + wait };
}
