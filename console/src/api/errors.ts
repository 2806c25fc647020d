import type { Schemas } from '../../../client';

export type Problem = Schemas['ProblemDto'];

/** An answer that is an error; `message` is what to show. */
export class ApiError extends Error {
  readonly code: string | undefined;

  constructor(
    readonly status: number,
    problem: Partial<Problem> | undefined,
  ) {
    const fields = (problem?.errors ?? []).map(({ pointer, detail }) => `${nameOf(pointer)}: ${detail}`);
    super([problem?.detail ?? `The server answered ${status}.`, ...fields].join(' '));
    this.code = problem?.code;
  }
}

/** No answer came. */
export class Unreachable extends Error {
  constructor() {
    super('The server cannot be reached right now.');
  }
}

/** Whether the same call may succeed a little later. */
export const mayPass = (error: unknown): boolean =>
  error instanceof Unreachable ||
  (error instanceof ApiError && (error.status >= 500 || error.status === 429));

/** The problem in an answer; undefined if it is not one, such as a proxy's own page. */
export async function readProblem(answer: Response): Promise<Problem | undefined> {
  try {
    return (await answer.json()) as Problem;
  } catch {
    return undefined;
  }
}

/** What to tell a person about anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const nameOf = (pointer: string) => pointer.replace(/^[/?]/, '').replaceAll('/', '.') || 'body';
