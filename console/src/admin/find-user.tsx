import { useState } from 'preact/hooks';
import { answerOf, api } from '../api/client';
import { useLive } from '../api/live';
import { SafeText } from '../ui/safe-text';

const SHOWN = 8;

/** Finds the queue of any user. */
export function FindUser() {
  const [q, setQ] = useState('');
  const query = { limit: SHOWN, ...(q.trim() === '' ? {} : { q: q.trim() }) };
  const { data } = useLive(() => answerOf(api.GET('/admin/users', { params: { query } })), `users ${q}`);
  return (
    <section class="card flush" aria-labelledby="users">
      <header>
        <h2 id="users">Users</h2>
      </header>
      <div class="find">
        <input
          type="search"
          aria-label="Find a user"
          placeholder="Email, customer or id"
          maxLength={200}
          value={q}
          onInput={(event) => setQ(event.currentTarget.value)}
        />
      </div>
      <ul class="side-list">
        {data?.items.map(({ id, email, customerId, kind, role }) => (
          <li key={id}>
            <a href={`#/admin/users/${encodeURIComponent(id)}/`}>
              <span class="cut">
                <SafeText text={customerId ?? email ?? id} />
              </span>
              <span class="muted">{role === 'admin' ? 'admin' : kind}</span>
            </a>
          </li>
        ))}
      </ul>
      {data?.items.length === 0 && <p class="empty">No user with this name.</p>}
    </section>
  );
}
