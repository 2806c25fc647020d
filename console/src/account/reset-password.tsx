import { useState } from 'preact/hooks';
import { messageOf } from '../api/errors';
import { resetPassword } from '../api/session';
import { say } from '../ui/notice';
import { goTo } from '../ui/route';
import { useSubmit } from '../ui/fields';
import { Heading } from '../ui/heading';
import { useTitle } from '../ui/title';

/** Sets a new password by the one-time link that an operator created. */
export function ResetPassword({ token }: { token: string }) {
  const [mistake, setMistake] = useState<string>();
  useTitle('Choose a new password');
  const { isBusy, onSubmit } = useSubmit(async ({ text }) => {
    try {
      await resetPassword(token, text('chosen'));
      goTo('#/', 'replace');
      say('Your password is changed. Sign in with it.');
    } catch (error) {
      setMistake(messageOf(error));
    }
  });
  return (
    <main class="door">
      <form class="card stack" onSubmit={onSubmit}>
        <Heading>Choose a new password</Heading>
        <p class="muted">The link works once. All your sessions end.</p>
        <label>
          <span>
            New password <small class="muted">12 to 128 characters</small>
          </span>
          <input
            name="chosen"
            type="password"
            autocomplete="new-password"
            minLength={12}
            maxLength={128}
            required
          />
        </label>
        {mistake && (
          <p class="mistake" role="alert">
            {mistake}
          </p>
        )}
        <button type="submit" class="primary" aria-disabled={isBusy}>
          Set the password
        </button>
        <a href="#/">Leave it as it is</a>
      </form>
    </main>
  );
}
