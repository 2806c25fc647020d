import { type ListQuery, type Status, useUser } from '../api/user-api';
import { useLive } from '../api/live';
import { shortId } from '../requests/request-row';
import { SafeText } from '../ui/safe-text';
import { Time, Until } from '../ui/time';

const SHOWN = 5;

/** The first few requests of one status, with a link to all of them. */
export function SideList(props: { title: string; status: Status; order: NonNullable<ListQuery['order']> }) {
  const user = useUser();
  const { status, order } = props;
  const { data } = useLive(
    () => user.list({ status: [status], order, limit: SHOWN + 1 }),
    `side ${status} ${user.base}`,
  );
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section class="card flush" aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <a href={`${user.base}requests?status=${status}`}>{data.items.length > SHOWN ? 'All' : 'Open'}</a>
      </header>
      <ul class="side-list">
        {data.items.slice(0, SHOWN).map(({ id, type, error, runAt, finishedAt }) => (
          <li key={id}>
            <a href={`${user.base}requests/${id}`}>
              <span>
                <SafeText text={type} /> <code>{shortId(id)}</code>
              </span>
              <span class="muted">
                {status === 'scheduled' && runAt ? (
                  <Until at={runAt} />
                ) : (
                  finishedAt && <Time at={finishedAt} />
                )}
              </span>
              {error && (
                <span class="row-error">
                  <SafeText text={error.message} />
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
