import { useUser } from '../api/user-api';
import { settingsOf, tagText } from '../send/draft';
import { openSend } from '../send/send-dialog';
import { Action } from '../ui/action';
import { decideAfterAsking } from './decide';
import type { ExactRequest } from './use-request';

const PENDING = ['scheduled', 'queued', 'active', 'retrying'];

/** The actions that one request allows now. */
export function RequestActions({ exact, reload }: { exact: ExactRequest; reload: () => void }) {
  const user = useUser();
  const { request, payload } = exact;
  const asking = (decision: 'cancel' | 'dismiss') => () => decideAfterAsking(user, decision, request);
  const retry = () => user.decide('retry', request.id);
  const { type, dataErasedAt } = request;
  const sendAgain = () =>
    openSend({ type, payload, tags: tagText(request.tags), settings: settingsOf(request) });
  return (
    <div class="row end">
      {user.maySend && dataErasedAt === undefined && !PENDING.includes(request.status) && (
        <button type="button" onClick={sendAgain}>
          Send again …
        </button>
      )}
      {user.mayManage && request.status === 'failed' && (
        <>
          <Action run={asking('dismiss')} reload={reload}>
            Dismiss …
          </Action>
          <Action kind="primary" run={retry} reload={reload} done="In line again, in its old place.">
            Retry
          </Action>
        </>
      )}
      {user.mayManage && request.status === 'retrying' && (
        <Action run={retry} reload={reload} done="It does not wait any longer.">
          Retry now
        </Action>
      )}
      {user.mayManage && PENDING.includes(request.status) && (
        <Action kind="danger" run={asking('cancel')} reload={reload}>
          Cancel …
        </Action>
      )}
    </div>
  );
}
