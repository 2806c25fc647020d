import { useUser } from '../api/user-api';
import { openSend } from '../send/send-dialog';
import { Action } from '../ui/action';
import type { ExactRequest } from './use-request';

const PENDING = ['scheduled', 'queued', 'active', 'retrying'];

/** The actions that one request allows now. */
export function RequestActions({ exact, reload }: { exact: ExactRequest; reload: () => void }) {
  const user = useUser();
  const { request, payload } = exact;
  const decide = (decision: 'cancel' | 'retry' | 'dismiss') => () =>
    user.decide(decision, request.id).finally(reload);
  const { type, tags, dataErasedAt } = request;
  return (
    <div class="row end">
      {user.isOwn && dataErasedAt === undefined && !PENDING.includes(request.status) && (
        <button type="button" onClick={() => openSend({ type, payload, tags: tags.join(', ') })}>
          Send again …
        </button>
      )}
      {user.mayManage && request.status === 'failed' && (
        <>
          <Action run={decide('dismiss')} done="Dismissed.">
            Dismiss
          </Action>
          <Action kind="primary" run={decide('retry')} done="In line again, in its old place.">
            Retry
          </Action>
        </>
      )}
      {user.mayManage && PENDING.includes(request.status) && (
        <Action kind="danger" run={decide('cancel')} done="Cancelled.">
          Cancel
        </Action>
      )}
    </div>
  );
}
