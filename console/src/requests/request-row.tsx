import { type RequestView, useUser } from '../api/user-api';
import { SafeText } from '../ui/safe-text';
import { StatusBadge } from '../ui/status';
import { Elapsed, Time, Until } from '../ui/time';

/** The end of an id: its start is a time, which is alike in neighbours. */
export const shortId = (id: string): string => id.slice(-8);

/** One request in one line, and a link to its page. */
export function RequestRow({ request, place }: { request: RequestView; place?: number }) {
  const { base } = useUser();
  const { id, type, tags, error } = request;
  return (
    <a class="request-row" href={`${base}requests/${encodeURIComponent(id)}`}>
      {place === undefined || request.status === 'retrying' ? (
        <StatusBadge status={request.status} />
      ) : (
        <span class="place number" aria-label={`Place ${place} in line`}>
          {place}
        </span>
      )}
      <span class="row-type">
        <SafeText text={type} />
      </span>
      <span class="row-about">
        {tags.map((tag) => (
          <span key={tag} class="tag">
            <SafeText text={tag} />
          </span>
        ))}
        {error && (
          <span class="row-error">
            <SafeText text={error.message} />
          </span>
        )}
      </span>
      <code class="row-id">{shortId(id)}</code>
      <span class="row-when">
        <When request={request} />
      </span>
    </a>
  );
}

function When({ request }: { request: RequestView }) {
  const { status, nextAttemptAt, runAt, estimatedStartAt, activeSince, finishedAt, createdAt } = request;
  if (status === 'retrying' && nextAttemptAt) return <Until at={nextAttemptAt} />;
  if (status === 'scheduled' && runAt) return <Until at={runAt} />;
  if (status === 'active' && activeSince) return <Elapsed since={activeSince} />;
  if (status === 'queued' && estimatedStartAt)
    return (
      <>
        starts <Until at={estimatedStartAt} />
      </>
    );
  return <Time at={finishedAt ?? createdAt} />;
}
