import type { UserApi } from '../api/user-api';
import { shortId } from '../requests/request-row';
import { ask } from '../ui/dialog';
import { say } from '../ui/notice';

const WORDS = {
  cancel: {
    verb: 'Cancel',
    done: 'cancelled',
    text: 'It will not run again. If it is running, its handler is told to stop.',
  },
  dismiss: {
    verb: 'Dismiss',
    done: 'dismissed',
    text: 'It will not be retried, and no longer halts the queue.',
  },
} as const;

/**
 * Cancels or dismisses one request after a confirmation. The request is the one of the click, whatever the page shows
 * when the answer comes.
 */
export async function decideAfterAsking(
  user: UserApi,
  decision: keyof typeof WORDS,
  { id, type = 'request' }: { id: string; type?: string | undefined },
): Promise<void> {
  const { verb, done, text } = WORDS[decision];
  const name = `${type} ${shortId(id)}`;
  if (!(await ask({ title: `${verb} ${name}?`, text, action: `${verb} it` }))) return;
  await user.decide(decision, id);
  say(`${name} is ${done}.`);
}
