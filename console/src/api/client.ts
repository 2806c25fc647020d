import { signal } from '@preact/signals';
import { createTurnwise } from '../../../client/index';
import { ApiError, type Problem, Unreachable } from './errors';
import { whileSignedIn } from './of-account';
import { API } from './portal';
import { authorizedFetch } from './session';

export type { Schemas } from '../../../client/index';

/** Whether the latest call got no answer. */
export const isAway = signal(false);

async function noticing(request: Request): Promise<Response> {
  try {
    const answer = await authorizedFetch(request);
    isAway.value = false;
    return answer;
  } catch (error) {
    if (error instanceof Unreachable) isAway.value = true;
    throw error;
  }
}

/**
 * The typed client of every route, for the signed-in user. Its URLs are relative, so the page works behind a path prefix.
 * It repeats nothing: the user sees an error at once, and decides.
 */
export const api = createTurnwise({ url: API, fetch: noticing, retries: 0 });

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The answer of a call, for the account that has made it. @throws ApiError if it is an error */
export const answerOf = <T>(call: Promise<Answered<T>>): Promise<T> => whileSignedIn(call.then(dataOf));

function dataOf<T>({ data, error, response }: Answered<T>): T {
  if (error !== undefined || !response.ok) throw new ApiError(response.status, problemOf(error));
  return data as T;
}

function problemOf(error: unknown): Partial<Problem> | undefined {
  return typeof error === 'object' && error !== null ? error : undefined;
}
