import type { Schemas } from '../api/client';
import { SafeText } from '../ui/safe-text';
import { duration, Elapsed, Time } from '../ui/time';
import { ErrorWords } from './error-words';
import { Progress } from './progress';
import type { RequestView } from '../api/user-api';

type Attempt = Schemas['AttemptDto'];

const OUTCOMES: Record<Attempt['outcome'], string> = {
  succeeded: 'Succeeded',
  failed: 'Failed',
  timed_out: 'Timed out',
  cancelled: 'Cancelled',
  lost: 'Lost with its worker',
};

/** A request's attempts in the order in which they ran, the running one last. */
export function Attempts({ request }: { request: RequestView }) {
  const { attempts, running, activeSince } = request;
  if (attempts.length === 0 && !running) return <p class="empty">It has not started yet.</p>;
  return (
    <ol class="timeline">
      {attempts.map((attempt, i) => (
        <li key={i} class={attempt.outcome}>
          <div class="row">
            <strong>Attempt {attempt.number}</strong>
            <span>{OUTCOMES[attempt.outcome]}</span>
            {attempt.startedAt && attempt.finishedAt && (
              <span class="muted number">
                after {duration(Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt))}
              </span>
            )}
            <span class="muted end">{attempt.startedAt && <Time at={attempt.startedAt} />}</span>
          </div>
          {attempt.error && <ErrorWords error={attempt.error} />}
          <Log lines={attempt.log} />
          {attempt.worker !== 'hidden' && (
            <small class="muted">
              on <SafeText text={attempt.worker} />
            </small>
          )}
        </li>
      ))}
      {running && (
        <li class="active">
          <div class="row">
            <strong>Attempt {running.attempt}</strong>
            <span>Running</span>
            {activeSince && <Elapsed since={activeSince} />}
          </div>
          <Progress progress={running.progress} />
          <Log lines={running.log} />
        </li>
      )}
    </ol>
  );
}

function Log({ lines }: { lines: readonly Schemas['LogLineDto'][] | undefined }) {
  if (lines === undefined || lines.length === 0) return null;
  return (
    <ul class="log" aria-label="Log">
      {lines.map(({ at, level, text }, i) => (
        <li key={i} class={level}>
          <Time at={at} /> <SafeText text={text} />
        </li>
      ))}
    </ul>
  );
}
