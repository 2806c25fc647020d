import { answerOf, api, type Schemas } from '../api/client';
import { useLive } from '../api/live';
import { me } from '../api/me';
import { ofAccount } from '../api/of-account';
import { Action, Copy } from '../ui/action';
import { ask } from '../ui/dialog';
import { Failure } from '../ui/failure';
import { attempt } from '../ui/notice';
import { SafeText } from '../ui/safe-text';
import { Time } from '../ui/time';
import { useSubmit } from '../ui/fields';

type Scope = Schemas['CreateApiKeyDto']['scopes'][number];

const SCOPES: readonly (readonly [scope: Scope, does: string, forAdmins: boolean])[] = [
  ['enqueue', 'send requests', false],
  ['read', 'read the queue', false],
  ['manage', 'pause, cancel, retry', false],
  ['act-as', 'act for customers', true],
  ['work', 'serve external types', true],
  ['admin', 'read and decide about everybody', true],
];

const keys = () => answerOf(api.GET('/auth/api-keys', { params: { query: { limit: 200 } } }));

/** The key made last. It stays when the page is left, because the server does not show it again. */
const made = ofAccount<Schemas['IssuedApiKeyDto'] | undefined>(undefined);

/** Keys for programs. A key is shown only once, when it is created. */
export function ApiKeys() {
  const { data, error, reload } = useLive(keys, 'keys');

  const { isBusy, onSubmit } = useSubmit(async ({ form, fields, text }) => {
    const body = { name: text('name'), scopes: fields.getAll('scope') as Scope[] };
    const isMade = await attempt(async () => {
      made.value = await answerOf(api.POST('/auth/api-keys', { body }));
    });
    if (isMade) form.reset();
    reload();
  });
  const end = async ({ id, name }: Schemas['ApiKeyDto']) => {
    const text = 'Programs that use it are refused at once.';
    if (await ask({ title: `End the key “${name}”?`, text, action: 'End it' }))
      await answerOf(api.DELETE('/auth/api-keys/{id}', { params: { path: { id } } }));
  };

  return (
    <section class="card" aria-labelledby="keys">
      <h2 id="keys">API keys</h2>
      <Failure error={error} />
      {made.value && (
        <div class="banner good" role="status">
          <span>
            This is the key <strong>{made.value.name}</strong>. It is shown this once:{' '}
            <code>{made.value.key}</code>
          </span>
          <Copy text={made.value.key}>Copy</Copy>
          <button type="button" onClick={() => (made.value = undefined)}>
            Done
          </button>
        </div>
      )}
      <ul class="plain-list">
        {data?.items.map((key) => (
          <li key={key.id}>
            <strong>
              <SafeText text={key.name} />
            </strong>
            <code>{key.start}…</code>
            <span class="muted">{key.scopes.join(', ')}</span>
            <span class="muted end">
              {key.lastUsedAt ? (
                <>
                  used <Time at={key.lastUsedAt} />
                </>
              ) : (
                'never used'
              )}
            </span>
            <Action label={`End the key ${key.name}`} run={() => end(key)} reload={reload}>
              End
            </Action>
          </li>
        ))}
      </ul>
      {data?.items.length === 0 && <p class="empty">No keys yet.</p>}
      <form class="row" onSubmit={onSubmit}>
        <input
          name="name"
          type="text"
          aria-label="Name of the new key"
          placeholder="Name"
          maxLength={100}
          required
        />
        <fieldset class="chips">
          <legend class="unseen">What it may do</legend>
          {SCOPES.filter(([, , forAdmins]) => !forAdmins || me.value?.role === 'admin').map(
            ([scope, does]) => (
              <label key={scope} class="chip" title={does}>
                <input type="checkbox" name="scope" value={scope} defaultChecked={scope === 'enqueue'} />
                {scope}
              </label>
            ),
          )}
        </fieldset>
        <button type="submit" aria-disabled={isBusy}>
          Create a key
        </button>
      </form>
    </section>
  );
}
