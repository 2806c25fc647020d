import { CATALOGUE, ErrorCode } from './catalogue';
import type { ProblemDto } from './problem.dto';
import type { FieldError } from './problem';

export const PROBLEM_JSON = 'application/problem+json';

/** The body of an error answer, see ProblemDto. */
export function problemBody(
  code: ErrorCode,
  detail: string,
  at: { instance: string; callId: string },
  errors?: readonly FieldError[],
): ProblemDto {
  const { status, title } = CATALOGUE[code];
  return {
    type: `urn:turnwise:error:${code}`,
    title,
    status,
    code,
    detail,
    instance: at.instance,
    callId: at.callId,
    ...(errors === undefined ? {} : { errors: [...errors] }),
  };
}
