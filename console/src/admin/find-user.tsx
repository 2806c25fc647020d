import { useRef, useState } from 'preact/hooks';
import { answerOf, api } from '../api/client';
import { useLive } from '../api/live';
import { Failure } from '../ui/failure';
import { SafeText } from '../ui/safe-text';
import { Typed } from '../ui/typed';
import { OfAccount } from './of-account';

const SHOWN = 8;

/** Finds the queue of any user. */
export function FindUser() {
  const [q, setQ] = useState('');
  const query = { limit: SHOWN, ...(q === '' ? {} : { q }) };
  const users = () => answerOf(api.GET('/admin/users', { params: { query } }));
  const { data, error, reload } = useLive(users, `users ${q}`);
  const last = useRef(data); // shown until the next search is answered
  last.current = data ?? last.current;
  const items = last.current?.items;
  return (
    <section class="card flush" aria-labelledby="users">
      <header>
        <h2 id="users">Users</h2>
      </header>
      <div class="find">
        <Typed
          aria-label="Find a user"
          placeholder="Email, customer or id"
          maxLength={200}
          applied={q}
          apply={(text) => setQ(text.trim())}
        />
      </div>
      <Failure error={error} retry={reload} />
      <ul class="side-list">
        {items?.map(({ id, email, customerId, ownerEmail, kind, role }) => (
          <li key={id}>
            <a href={`#/admin/users/${encodeURIComponent(id)}/`}>
              <span class="cut">
                <SafeText text={customerId ?? email ?? id} />
              </span>
              <span class="muted">{role === 'admin' ? 'admin' : kind}</span>
              <OfAccount email={ownerEmail} />
            </a>
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p class="empty">No user with this name.</p>}
    </section>
  );
}
