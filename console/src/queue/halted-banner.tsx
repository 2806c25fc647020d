import { useUser } from '../api/user-api';
import { decideAfterAsking } from '../request/decide';
import { useRequest } from '../request/use-request';
import { shortId } from '../requests/request-row';
import { Action } from '../ui/action';
import { SafeText } from '../ui/safe-text';

/** Names the request that halts a queue, and what can be done about it. */
export function HaltedBanner({ id, waiting, reload }: { id: string; waiting: number; reload: () => void }) {
  const user = useUser();
  const { data } = useRequest(id);
  const retry = () => user.decide('retry', id);
  const dismiss = () => decideAfterAsking(user, 'dismiss', { id, type: data?.request.type });
  return (
    <div class="banner bad">
      <div>
        <span role="alert">
          <strong>Halted</strong> by{' '}
          <a href={`${user.base}requests/${id}`}>
            {data ? <SafeText text={data.request.type} /> : 'a request'} {shortId(id)}
          </a>
          , which has failed{data?.request.error ? ': ' : '. '}
          {data?.request.error && <SafeText text={data.request.error.message} />}
        </span>{' '}
        <span class="muted">
          {waiting === 0
            ? 'Nothing waits behind it.'
            : `${waiting.toLocaleString()} ${waiting === 1 ? 'waits' : 'wait'} behind it.`}
        </span>
      </div>
      {user.mayManage && (
        <div class="row">
          <Action kind="primary" run={retry} reload={reload}>
            Retry it
          </Action>
          <Action run={dismiss} reload={reload}>
            Dismiss it …
          </Action>
        </div>
      )}
    </div>
  );
}
