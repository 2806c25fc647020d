import { type Signal, signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Schemas } from '../api/client';
import { mistakeIn, readable } from '../api/exact-json';
import { messageOf } from '../api/errors';
import { useLive } from '../api/live';
import { account } from '../api/session';
import { enqueue, types } from '../api/user-api';
import { Dialog } from '../ui/dialog';
import { useSubmit } from '../ui/fields';
import { say } from '../ui/notice';
import { shortId } from '../requests/request-row';
import { bodyOfDraft, type Draft, newKey, type Settings } from './draft';
import { duration } from '../ui/time';
import { counted } from '../ui/counted';
import { SafeText } from '../ui/safe-text';
import { TypeHelp } from './type-help';

const NO_EXAMPLE = '{}';
const EMPTY: Draft = { type: 'echo', tags: '' };

/** A form that is open. */
interface Form {
  /** What it holds; it outlasts the end of the session. */
  readonly fields: Signal<Draft>;
  /** The account that writes it: another one that signs in does not see it. */
  readonly by: string | undefined;
}

const open = signal<Form | undefined>(undefined);

/** The keys of the bodies that were sent and not accepted: each is the same request when it is sent again. */
const keys = new Map<string, string>();

/** Opens the form, filled with the request to send again if one is given. */
export function openSend({ payload, ...given }: Draft = EMPTY): void {
  const fields = signal({ ...given, ...(payload !== undefined && { payload: readable(payload) }) });
  open.value = { fields, by: account.peek() };
}

export function SendDialog() {
  const form = open.value;
  return form !== undefined && form.by === account.value ? <SendForm form={form} /> : null;
}

function SendForm({ form }: { form: Form }) {
  const known = useLive(types, 'types').data ?? [];
  const [mistake, setMistake] = useState<string>();
  const isOpen = () => open.peek() === form;
  const close = () => {
    if (isOpen()) open.value = undefined;
  };

  const fields = form.fields.value;
  const type = known.find((each) => each.type === fields.type);
  const example = exampleOf(type);
  const { payload = example } = fields;
  const set = (name: keyof Draft) => (event: { currentTarget: { value: string } }) =>
    (form.fields.value = { ...form.fields.peek(), [name]: event.currentTarget.value });
  const setType = (event: { currentTarget: { value: string } }) => {
    const { payload: _example, ...rest } = fields;
    // The next type has its own example; what somebody has written stays.
    const isWritten = payload !== example && payload !== NO_EXAMPLE;
    form.fields.value = { ...(isWritten ? fields : rest), type: event.currentTarget.value };
  };

  const { isBusy, onSubmit } = useSubmit(async () => {
    const wrong = mistakeIn(payload);
    setMistake(wrong);
    if (wrong !== undefined) return;
    form.fields.value = { ...fields, payload }; // an example that comes late must not change what is sent again
    try {
      const body = bodyOfDraft({ ...fields, payload });
      const key = keys.get(body) ?? newKey();
      keys.set(body, key);
      const { id, position } = await enqueue(body, key);
      keys.delete(body);
      say(
        <>
          Accepted
          {position === undefined
            ? ''
            : position === 0
              ? ', next in line'
              : `, ${position} in front of it`}: <a href={`#/requests/${id}`}>{shortId(id)}</a>
        </>,
      );
      close();
    } catch (error) {
      if (isOpen()) setMistake(messageOf(error));
      else say(`New request: ${messageOf(error)}`, true);
    }
  });

  return (
    <Dialog title="New request" onClose={close}>
      <form class="stack" onSubmit={onSubmit}>
        <label>
          <span>Type</span>
          <select value={fields.type} onChange={setType}>
            {[...new Set([...known.map((each) => each.type), fields.type])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {type && <TypeHelp type={type} />}
        <label>
          <span>
            Payload <small class="muted">JSON, sent exactly as written</small>
          </span>
          <textarea
            rows={9}
            spellcheck={false}
            value={payload}
            onFocus={set('payload')} // an example that is read later must not replace what somebody edits
            onInput={set('payload')}
            class="code"
          />
        </label>
        <div class="pair">
          <label>
            <span>
              Tags <small class="muted">separated by commas</small>
            </span>
            <input type="text" value={fields.tags} onInput={set('tags')} />
          </label>
          <label>
            <span>
              Not before <small class="muted">your time</small>
            </span>
            <input type="datetime-local" value={fields.runAt ?? ''} onInput={set('runAt')} />
          </label>
        </div>
        {fields.settings && <Kept settings={fields.settings} />}
        {mistake && (
          <p class="mistake" role="alert">
            {mistake}
          </p>
        )}
        <div class="row end">
          <button type="button" onClick={close}>
            Close
          </button>
          <button type="submit" class="primary" aria-disabled={isBusy}>
            {isBusy ? 'Sending …' : 'Send'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const exampleOf = (type: Schemas['TypeDto'] | undefined): string =>
  type?.example === undefined ? NO_EXAMPLE : JSON.stringify(type.example, null, 2);

/** What a request that is sent again keeps, and the form does not show. */
function Kept({ settings: { maxAttempts, timeoutMs, callbackUrl } }: { settings: Settings }) {
  return (
    <p class="muted">
      As before: at most {counted(maxAttempts, 'attempt')}
      {timeoutMs !== undefined && ` of up to ${duration(timeoutMs)}`}
      {callbackUrl !== undefined && (
        <>
          , and a callback to <SafeText text={callbackUrl} />
        </>
      )}
      .
    </p>
  );
}
