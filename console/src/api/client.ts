import { createTurnwise } from '../../../client/index';
import { ApiError, type Problem } from './errors';
import { API } from './portal';
import { authorizedFetch } from './session';

export type { Schemas } from '../../../client/index';

/** The typed client of every route, for the signed-in user. Its URLs are relative, so the page works behind a path prefix. */
export const api = createTurnwise({ url: API, fetch: authorizedFetch });

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
