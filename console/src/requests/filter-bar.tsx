import { types } from '../api/user-api';
import { useLive } from '../api/live';
import type { Filter, Status } from '../api/user-api';
import { STATUSES, statusWord } from '../ui/status';
import { Typed } from '../ui/typed';

const digits = (number: number, count = 2) => String(number).padStart(count, '0');

/**
 * A time in UTC as an input of the reader's zone has it. It equals what was typed, in years with an odd offset from UTC,
 * too: otherwise the input would be rewritten between two digits of a year.
 */
const toLocal = (iso: string | undefined): string => {
  const date = new Date(iso ?? '');
  if (Number.isNaN(date.getTime())) return '';
  const day = `${digits(date.getFullYear(), 4)}-${digits(date.getMonth() + 1)}-${digits(date.getDate())}`;
  return `${day}T${digits(date.getHours())}:${digits(date.getMinutes())}`;
};
const toUtc = (local: string): string => (local === '' ? '' : new Date(local).toISOString());
/** The last time an input takes: a longer year has another form. */
const LAST = '9999-12-31T23:59';

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
          max={LAST}
          value={toLocal(filter.from)}
          onChange={(event) => set('from', toUtc(event.currentTarget.value))}
        />
      </label>
      <label>
        <span>Before</span>
        <input
          type="datetime-local"
          max={LAST}
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
