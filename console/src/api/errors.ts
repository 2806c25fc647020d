import type { Schemas } from '../../../client';

export type Problem = Schemas['ProblemDto'];

/** An answer that is an error; `message` is what to show, a line for each field. */
export class ApiError extends Error {
  readonly code: string | undefined;

  constructor(
    readonly status: number,
    problem: Partial<Problem> | undefined,
  ) {
    const { detail = `The server answered ${status}.`, errors = [] } = problem ?? {};
    const fields = errors.map((field) => `${nameOf(field.pointer)}: ${field.detail}`);
    // The detail of invalid fields repeats theirs.
    const isRepeated = errors[0] !== undefined && detail.startsWith(errors[0].detail);
    super([...(isRepeated ? [] : [detail]), ...fields].join('\n'));
    this.code = problem?.code;
  }
}

/** No answer came. @param isSafe whether the call is safe to repeat; otherwise it may have been done */
export class Unreachable extends Error {
  constructor(isSafe: boolean) {
    super(
      isSafe
        ? 'The server cannot be reached right now.'
        : 'The server has not answered. It may have done this: look before you try again.',
    );
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
