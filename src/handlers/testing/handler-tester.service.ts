import { Injectable } from '@nestjs/common';
import type { FieldError } from '../../common/errors/problem';
import { stringifyWithTexts } from '../../common/json/json-text';
import { AttemptError, attemptErrorOf } from '../attempt-error';
import type { RequestContext } from '../handler';
import { HandlerRegistry } from '../handler-registry.service';

/** The attempt that the handler sees; by default the first attempt of the user `u1`. */
export type TestAttempt = Partial<Omit<RequestContext, 'type' | 'payloadText' | 'log' | 'progress'>>;

/** The outcome of one attempt. */
export interface TestRun {
  /** The recorded result, parsed from JSON; undefined if there is none, or if the attempt failed. */
  readonly result: unknown;
  /** The recorded error; undefined if the attempt succeeded. */
  readonly error: AttemptError | undefined;
  /** Every progress report. */
  readonly progress: readonly (readonly [done: number, text?: string])[];
  /** Every log line. */
  readonly log: readonly (readonly [level: 'debug' | 'log' | 'warn' | 'error', message: unknown])[];
}

/** Runs handlers like a worker, one attempt at a time, without any store. */
@Injectable()
export class HandlerTester {
  private attempts = 0;

  constructor(private readonly registry: HandlerRegistry) {}

  /** The errors with which an enqueue would refuse a payload; empty if it is valid. */
  validate(type: string, payload: unknown): FieldError[] {
    return this.registry.validate(type, JSON.parse(stringifyWithTexts(payload)));
  }

  /**
   * Runs one attempt. The fencing token grows from run to run, unless one is given.
   * @param payload a value, or a JsonText for exact text
   * @throws Error if an enqueue would refuse the type or the payload
   */
  async run(type: string, payload: unknown, attempt: TestAttempt = {}): Promise<TestRun> {
    if (!this.registry.has(type)) throw new Error(`No handler serves the type "${type}".`);
    const wrong = this.validate(type, payload);
    if (wrong.length > 0)
      throw new Error(wrong.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('\n'));
    const progress: [number, string?][] = [];
    const log: [TestRun['log'][number][0], unknown][] = [];
    const logAs = (level: TestRun['log'][number][0]) => (message: unknown) => void log.push([level, message]);
    this.attempts += 1;
    const context: RequestContext = {
      requestId: 'r1',
      userId: 'u1',
      attempt: 1,
      seq: 1,
      fencingToken: this.attempts,
      idempotencyKey: attempt.requestId ?? 'r1',
      signal: new AbortController().signal,
      ...attempt,
      type,
      payloadText: stringifyWithTexts(payload),
      log: { debug: logAs('debug'), log: logAs('log'), warn: logAs('warn'), error: logAs('error') },
      progress: (done, text) => void progress.push(text === undefined ? [done] : [done, text]),
    };
    try {
      const returned = await this.registry.run(context);
      const result: unknown = returned === undefined ? undefined : JSON.parse(stringifyWithTexts(returned));
      return { result, error: undefined, progress, log };
    } catch (thrown) {
      return { result: undefined, error: attemptErrorOf(thrown), progress, log };
    }
  }
}
