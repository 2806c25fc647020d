import { signal } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { mistakeIn, readable } from '../api/exact-json';
import { messageOf } from '../api/errors';
import { useLive } from '../api/live';
import { enqueue, types } from '../api/user-api';
import { Dialog } from '../ui/dialog';
import { say } from '../ui/notice';
import { shortId } from '../requests/request-row';
import { bodyOfDraft, type Draft, newKey } from './draft';
import { TypeHelp } from './type-help';

const EMPTY: Draft = { type: 'echo', tags: '' };

const draft = signal<Draft | undefined>(undefined);

/** Opens the form, filled with the request to send again if one is given. */
export const openSend = (given: Draft = EMPTY): void => void (draft.value = given);

export function SendDialog() {
  return draft.value ? <SendForm given={draft.value} close={() => (draft.value = undefined)} /> : null;
}

function SendForm({ given, close }: { given: Draft; close: () => void }) {
  const known = useLive(types, 'types').data ?? [];
  const [fields, setFields] = useState<Draft>({
    ...given,
    ...(given.payload !== undefined && { payload: readable(given.payload) }),
  });
  const [mistake, setMistake] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  /** The last body sent, and its key: sending the same body again repeats the same request. */
  const sent = useRef({ body: '', key: '' });

  const type = known.find(({ type: name }) => name === fields.type);
  const example = type?.example === undefined ? '{}' : JSON.stringify(type.example, null, 2);
  const { payload = example, ...withoutPayload } = fields;
  const set = (name: keyof Draft) => (event: { currentTarget: { value: string } }) =>
    setFields({ ...fields, [name]: event.currentTarget.value });

  const submit = async (event: Event) => {
    event.preventDefault();
    const wrong = mistakeIn(payload);
    setMistake(wrong);
    if (wrong !== undefined) return;
    setBusy(true);
    try {
      const body = bodyOfDraft({ ...fields, payload });
      if (body !== sent.current.body) sent.current = { body, key: newKey() };
      const { id, position } = await enqueue(body, sent.current.key);
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
      setMistake(messageOf(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title="New request" onClose={close}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <label>
          <span>Type</span>
          <select
            value={fields.type}
            onChange={({ currentTarget }) => setFields({ ...withoutPayload, type: currentTarget.value })}
          >
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
          <textarea rows={9} spellcheck={false} value={payload} onInput={set('payload')} class="code" />
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
        {mistake && (
          <p class="mistake" role="alert">
            {mistake}
          </p>
        )}
        <div class="row end">
          <button type="button" onClick={close}>
            Close
          </button>
          <button type="submit" class="primary" disabled={isBusy}>
            Send
          </button>
        </div>
      </form>
    </Dialog>
  );
}
