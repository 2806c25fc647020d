import { me } from '../api/me';
import { signOut } from '../api/session';
import { Action } from '../ui/action';
import { SafeText } from '../ui/safe-text';
import { useTitle } from '../ui/title';
import { ApiKeys } from './api-keys';
import { ChangePassword } from './change-password';
import { Sessions } from './sessions';
import { Heading } from '../ui/heading';
import { WebhookSecret } from './webhook-secret';

/** The account's settings: its keys, its webhook secret, and its sessions. */
export function AccountPage() {
  useTitle('Account');
  return (
    <main class="page account-page">
      <header class="page-head">
        <Heading>Account</Heading>
        {me.value && (
          <span class="muted">
            <SafeText text={me.value.email} />
          </span>
        )}
        <div class="row end">
          <Action run={signOut}>Sign out</Action>
        </div>
      </header>
      <ApiKeys />
      <WebhookSecret />
      <Sessions />
      <ChangePassword />
    </main>
  );
}
