import type { AttemptOutcome } from '../../events/event-map';
import { JsonText } from '../../common/json/json-text';
import { AttemptError, attemptErrorOf } from '../../handlers/attempt-error';
import { timedOut } from '../turns/attempt-end';
import type { Turn } from './turn';

/** How a handler's promise ended. */
export type HandlerEnd = Succeeded | { readonly error: AttemptError };

interface Succeeded {
  /** JSON text. */
  readonly result: string | undefined;
}

const CANCELLED = { code: 'cancelled', message: 'The request was cancelled while the attempt ran.' } as const;

/** Resolves when the handler's promise has ended. Never rejects. @param call calls the handler */
export async function endOf(call: () => Promise<unknown>): Promise<HandlerEnd> {
  try {
    return { result: resultText(await call()) };
  } catch (thrown) {
    return { error: attemptErrorOf(thrown) };
  }
}

/** A result counts even if the handler was told to stop, as long as it may be recorded. */
export function outcomeOf(turn: Turn, ended: HandlerEnd): AttemptOutcome {
  if (!turn.mayAct) return 'lost';
  if (!('error' in ended)) return 'succeeded';
  if (turn.stoppedFor === 'timed_out' || turn.stoppedFor === 'cancelled') return turn.stoppedFor;
  return turn.stoppedFor === undefined ? 'failed' : 'lost';
}

/** The reason of the abort explains more than the error that it caused. */
export function errorOf(turn: Turn, error: AttemptError): AttemptError {
  if (turn.stoppedFor === 'timed_out') return { ...error, ...timedOut(turn.job.options.timeout) };
  return turn.stoppedFor === 'cancelled' ? { ...error, ...CANCELLED } : error;
}

/** @throws SyntaxError if a handler returns invalid JSON text: every answer that shows it would be invalid too */
function resultText(result: unknown): string | undefined {
  if (!(result instanceof JsonText)) return JSON.stringify(result);
  JSON.parse(result.text);
  return result.text;
}
