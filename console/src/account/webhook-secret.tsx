import { useState } from 'preact/hooks';
import { answerOf, api, type Schemas } from '../api/client';
import { Action, Copy } from '../ui/action';
import { ask } from '../ui/dialog';
import { Time } from '../ui/time';

/** The secret that signs deliveries and callbacks. Read only on request. */
export function WebhookSecret() {
  const [secret, setSecret] = useState<Schemas['WebhookSecretDto']>();
  const rotate = async () => {
    const isMeant = await ask({
      title: 'Replace the secret?',
      text: 'For a day the old secret also signs, so that your receivers can switch.',
      action: 'Replace it',
    });
    if (isMeant) setSecret(await answerOf(api.POST('/webhooks/secret/rotate')));
  };
  return (
    <section class="card" aria-labelledby="secret">
      <header>
        <h2 id="secret">Webhook secret</h2>
        <div class="row end">
          {secret === undefined && (
            <Action run={async () => setSecret(await answerOf(api.GET('/webhooks/secret')))}>Show it</Action>
          )}
          {secret && <Copy text={secret.secret}>Copy</Copy>}
          <Action run={rotate}>Replace …</Action>
        </div>
      </header>
      <p class="muted">It signs everything sent to your targets, according to Standard Webhooks.</p>
      {secret && (
        <p>
          <code>{secret.secret}</code>{' '}
          <span class="muted">
            made <Time at={secret.createdAt} />
            {secret.previousSignsUntil && (
              <>
                , the one before signs until <Time at={secret.previousSignsUntil} />
              </>
            )}
          </span>
        </p>
      )}
    </section>
  );
}
