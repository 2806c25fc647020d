import { signal } from '@preact/signals';
import { createTurnwise } from '../../../client/index';
import { ApiError, type Problem, Unreachable } from './errors';
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

/** The answer of a call. @throws ApiError if it is an error */
export async function answerOf<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (error !== undefined || !response.ok) throw new ApiError(response.status, problemOf(error));
  return data as T;
}

function problemOf(error: unknown): Partial<Problem> | undefined {
  return typeof error === 'object' && error !== null ? error : undefined;
}
