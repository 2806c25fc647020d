import { useState } from 'preact/hooks';
import { queueOf } from '../api/admin-queue';
import { answerOf, api } from '../api/client';
import { useLive, usePolling } from '../api/live';
import { UserContext } from '../api/user-api';
import { SafeText } from '../ui/safe-text';
import { UserPages } from '../user-pages';
import { OfAccount } from './of-account';

/** The search for an id also finds customers whose own id begins with it. */
const SEARCHED = 20;

/** The queue of one user, as that user sees it. An operator only reads until they choose to act. */
export function UserPage({ id, rest }: { id: string; rest: readonly string[] }) {
  usePolling();
  const [mayAct, setMayAct] = useState(false);
  const { data } = useLive(
    () => answerOf(api.GET('/admin/users', { params: { query: { q: id, limit: SEARCHED } } })),
    `user ${id}`,
  );
  const found = data?.items.find((user) => user.id === id);
  const name = found?.customerId ?? found?.email ?? id;
  const ofAccount = found?.ownerEmail ? ` of ${found.ownerEmail}` : '';
  return (
    <UserContext.Provider value={queueOf(id, mayAct)}>
      <div class="as-operator">
        <a href="#/admin">Operator</a>
        <strong>
          <SafeText text={name} />
        </strong>
        <OfAccount email={found?.ownerEmail} />
        <label>
          <input
            type="checkbox"
            checked={mayAct}
            onChange={(event) => setMayAct(event.currentTarget.checked)}
          />{' '}
          Act for this user (it is logged)
        </label>
      </div>
      <UserPages path={rest} title={`Queue of ${name}${ofAccount}`} />
    </UserContext.Provider>
  );
}
