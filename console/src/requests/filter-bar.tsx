import { useEffect, useRef, useState } from 'preact/hooks';
import { types } from '../api/user-api';
import { useLive } from '../api/live';
import type { Filter, Status } from '../api/user-api';
import { STATUSES, statusWord } from '../ui/status';

/** A time in UTC as an input of the reader's zone has it, and back. */
const toLocal = (iso: string | undefined): string => {
  if (iso === undefined || Number.isNaN(Date.parse(iso))) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const toUtc = (local: string): string => (local === '' ? '' : new Date(local).toISOString());

/** A text is applied after this long without another letter, ms. */
const WRITTEN_MS = 300;

/** Changes the filter as it is by then. */
type Change = (update: (filter: Filter) => Filter) => void;

/** Chooses which requests are listed. */
export function FilterBar({ filter, change }: { filter: Filter; change: Change }) {
  const known = useLive(types, 'types').data ?? [];

  const set = (name: keyof Filter, value: string) =>
    change(({ [name]: _old, ...rest }) => (value.trim() === '' ? rest : { ...rest, [name]: value.trim() }));
  const toggle = (status: Status) =>
    change(({ status: chosen = [], ...rest }) => {
      const next = chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status];
      return next.length === 0 ? rest : { ...rest, status: next };
    });

  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="wide">
        <span>Search</span>
        <Typed
          id="search"
          placeholder="Id, tag, or words in the payload"
          maxLength={200}
          applied={filter.q ?? ''}
          apply={(text) => set('q', text)}
        />
      </label>
      <label>
        <span>Type</span>
        <select value={filter.type ?? ''} onChange={(event) => set('type', event.currentTarget.value)}>
          <option value="">Any</option>
          {[...new Set([...known.map(({ type }) => type), ...(filter.type ? [filter.type] : [])])].map(
            (type) => (
              <option key={type}>{type}</option>
            ),
          )}
        </select>
      </label>
      <label>
        <span>Tag</span>
        <Typed maxLength={64} applied={filter.tag ?? ''} apply={(text) => set('tag', text)} />
      </label>
      <label>
        <span>From</span>
        <input
          type="datetime-local"
          value={toLocal(filter.from)}
          onChange={(event) => set('from', toUtc(event.currentTarget.value))}
        />
      </label>
      <label>
        <span>Before</span>
        <input
          type="datetime-local"
          value={toLocal(filter.to)}
          onChange={(event) => set('to', toUtc(event.currentTarget.value))}
        />
      </label>
      <fieldset class="chips">
        <legend class="unseen">Status</legend>
        {STATUSES.map((status) => (
          <label key={status} class="chip">
            <input
              type="checkbox"
              checked={filter.status?.includes(status) ?? false}
              onChange={() => toggle(status)}
            />
            {statusWord(status)}
          </label>
        ))}
      </fieldset>
    </form>
  );
}

/** A text input that applies its text after a pause. It shows what is being typed, or else what is applied. */
function Typed({
  applied,
  apply,
  ...input
}: {
  applied: string;
  apply: (text: string) => void;
  maxLength: number;
  id?: string;
  placeholder?: string;
}) {
  const [typed, setTyped] = useState(applied);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      apply(text);
    }, WRITTEN_MS);
  };
  const isTyped = timer.current !== undefined || typed.trim() === applied;
  return (
    <input
      type="search"
      {...input}
      value={isTyped ? typed : applied}
      onInput={(event) => type(event.currentTarget.value)}
    />
  );
}
