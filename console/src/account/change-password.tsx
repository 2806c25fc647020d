import { answerOf, api } from '../api/client';
import { attempt } from '../ui/notice';
import { useSubmit } from '../ui/fields';

/** A new password ends all other sessions. */
export function ChangePassword() {
  const { isBusy, onSubmit } = useSubmit(async ({ form, text }) => {
    const body = {
      currentPassword: text('current'),
      newPassword: text('chosen'),
    };
    const call = () => answerOf(api.POST('/auth/password', { body }));
    if (await attempt(call, 'Your password is changed. All other sessions have ended.')) form.reset();
  });
  return (
    <section class="card" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form class="row" onSubmit={onSubmit}>
        <input
          name="current"
          type="password"
          autocomplete="current-password"
          aria-label="Current password"
          placeholder="Current password"
          required
        />
        <input
          name="chosen"
          type="password"
          autocomplete="new-password"
          aria-label="New password, 12 to 128 characters"
          placeholder="New password, 12 to 128 characters"
          minLength={12}
          maxLength={128}
          required
        />
        <button type="submit" aria-disabled={isBusy}>
          Change it
        </button>
      </form>
    </section>
  );
}
