import type { ProblemDto } from '../../src/common/errors/problem.dto';

/** Returns the problem in an answer. Expects one, with the status of the answer. */
export async function problem(answer: Response) {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const body = (await answer.json()) as ProblemDto;
  expect(body).toMatchObject({ type: `urn:turnwise:error:${body.code}`, status: answer.status });
  expect(body.callId).toBe(answer.headers.get('x-request-id'));
  return body;
}
