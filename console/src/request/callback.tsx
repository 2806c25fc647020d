import type { Schemas } from '../api/client';
import { usePolling } from '../api/live';
import { resendCallback, useUser } from '../api/user-api';
import { Action } from '../ui/action';
import { SafeText } from '../ui/safe-text';
import { Until } from '../ui/time';

const WORDS: Record<Schemas['CallbackDto']['status'], string> = {
  waiting: 'Waits for the request to end',
  sending: 'Being sent',
  delivered: 'Delivered',
  failed: 'Could not be delivered',
};

/** The state of a request's callback. */
export function Callback(props: { id: string; callback: Schemas['CallbackDto']; reload: () => void }) {
  const { callback } = props;
  const user = useUser();
  usePolling(callback.status === 'sending');
  const isOver = callback.status === 'delivered' || callback.status === 'failed';
  return (
    <section class="card" aria-labelledby="callback">
      <header>
        <h2 id="callback">Callback</h2>
        {isOver && user.mayManage && user.isOwn && (
          <Action run={() => resendCallback(props.id)} reload={props.reload} done="It is being sent again.">
            Send again
          </Action>
        )}
      </header>
      <p>
        {WORDS[callback.status]}
        {callback.attempts > 0 && `, attempt ${callback.attempts}`}
        {callback.lastStatus !== undefined && `, last answer ${callback.lastStatus}`}.{' '}
        {callback.nextAttemptAt && (
          <>
            Again <Until at={callback.nextAttemptAt} />.
          </>
        )}
      </p>
      {callback.lastError && (
        <p class="row-error">
          <SafeText text={callback.lastError.message} />
        </p>
      )}
      <p class="muted">
        <SafeText text={callback.url} />
      </p>
    </section>
  );
}
