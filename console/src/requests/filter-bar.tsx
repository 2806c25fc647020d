import { useEffect, useRef } from 'preact/hooks';
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

const WRITTEN_MS = 300;

/** Chooses which requests are listed. */
export function FilterBar({ filter, change }: { filter: Filter; change: (filter: Filter) => void }) {
  const known = useLive(types, 'types').data ?? [];
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const set = (name: keyof Filter, value: string) => {
    const { [name]: _old, ...rest } = filter;
    change(value.trim() === '' ? rest : { ...rest, [name]: value.trim() });
  };
  const whenWritten = (name: keyof Filter) => (event: { currentTarget: HTMLInputElement }) => {
    const { value } = event.currentTarget;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => set(name, value), WRITTEN_MS);
  };
  const toggle = (status: Status) => {
    const { status: chosen = [], ...rest } = filter;
    const next = chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status];
    change(next.length === 0 ? rest : { ...rest, status: next });
  };

  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <label class="wide">
        <span>Search</span>
        <input
          id="search"
          type="search"
          placeholder="Id, tag, or words in the payload"
          maxLength={200}
          defaultValue={filter.q ?? ''}
          onInput={whenWritten('q')}
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
        <input type="text" maxLength={64} defaultValue={filter.tag ?? ''} onInput={whenWritten('tag')} />
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
