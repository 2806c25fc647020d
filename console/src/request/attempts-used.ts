import type { Schemas } from '../../../client/index';

type Used = Pick<Schemas['RequestDto'], 'status' | 'running'> & {
  readonly attempts: readonly Pick<Schemas['AttemptDto'], 'number' | 'outcome'>[];
};

/**
 * How many of `maxAttempts` have ended. A lost attempt does not count. After a retry they count from 1 again: a request
 * that has not started since has used none.
 */
export function attemptsUsed({ status, running, attempts }: Used): number {
  if (status === 'queued' || status === 'scheduled') return 0;
  if (running) return running.attempt - 1;
  return attempts.findLast(({ outcome }) => outcome !== 'lost')?.number ?? 0;
}
