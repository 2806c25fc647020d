import { answerOf, api } from '../api/client';
import { useLive } from '../api/live';
import { Action } from '../ui/action';
import { Failure } from '../ui/failure';
import { SafeText } from '../ui/safe-text';
import { Time } from '../ui/time';

const sessions = () => answerOf(api.GET('/auth/sessions', { params: { query: { limit: 200 } } }));

/** The sessions of the account. */
export function Sessions() {
  const { data, error, reload } = useLive(sessions, 'sessions');
  const end = (id: string) => answerOf(api.DELETE('/auth/sessions/{id}', { params: { path: { id } } }));
  return (
    <section class="card" aria-labelledby="sessions">
      <h2 id="sessions">Sessions</h2>
      <Failure error={error} />
      <ul class="plain-list">
        {data?.items.map(({ id, current, userAgent, refreshedAt }) => (
          <li key={id}>
            <span class="cut">
              <SafeText text={userAgent ?? 'A client without a name'} />
            </span>
            {current && <span class="badge active">This one</span>}
            <span class="muted end">
              renewed <Time at={refreshedAt} />
            </span>
            {!current && (
              <Action
                label={`End the session of ${userAgent ?? 'a client without a name'}, renewed ${new Date(refreshedAt).toLocaleString()}`}
                run={() => end(id)}
                reload={reload}
                done="That session has ended."
              >
                End
              </Action>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
