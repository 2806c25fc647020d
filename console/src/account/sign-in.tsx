import { useState } from 'preact/hooks';
import { messageOf } from '../api/errors';
import { hasExpired, signIn, signUp } from '../api/session';
import { useSubmit } from '../ui/fields';
import { Heading } from '../ui/heading';
import { useTitle } from '../ui/title';

/** Sign-in with an existing account, or with a new one. */
export function SignIn() {
  const [isNew, setNew] = useState(false);
  useTitle(isNew ? 'Create your account' : 'Sign in');
  const [mistake, setMistake] = useState<string>();

  const { isBusy, onSubmit } = useSubmit(async ({ text }) => {
    const [email, password] = [text('email'), text('password')];
    setMistake(undefined);
    try {
      if (isNew) await signUp(email, password);
      setNew(false); // the account exists from here on, even if the sign-in fails
      await signIn(email, password);
    } catch (error) {
      setMistake(messageOf(error));
    }
  });

  return (
    <main class="door">
      <form class="card stack" onSubmit={onSubmit}>
        <img src="./icon.svg" alt="" width="36" height="36" />
        <Heading>{isNew ? 'Create your account' : 'Sign in to Turnwise'}</Heading>
        <p class="muted">
          Your queue is served strictly in turn: one request at a time, in the order you send them.
        </p>
        {hasExpired.value && (
          <p class="mistake" role="status">
            Your session has ended. Sign in again to go on where you were.
          </p>
        )}
        <label>
          <span>Email</span>
          <input name="email" type="email" autocomplete="username" required autofocus />
        </label>
        <label>
          <span>
            Password <small class="muted">12 to 128 characters</small>
          </span>
          <input
            name="password"
            type="password"
            autocomplete={isNew ? 'new-password' : 'current-password'}
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
          {isNew ? 'Create account' : 'Sign in'}
        </button>
        <button type="button" class="plain" onClick={() => setNew(!isNew)}>
          {isNew ? 'I have an account' : 'Create an account'}
        </button>
      </form>
    </main>
  );
}
