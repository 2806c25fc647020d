import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { oneAtATime, onChange, useAnotherTry } from '../api/live';
import { type ListQuery, useUser } from '../api/user-api';
import { Failure } from '../ui/failure';
import { VirtualList } from '../ui/virtual-list';
import { PagedRequests } from './paged-requests';
import { RequestRow } from './request-row';

interface ListProps {
  readonly label: string;
  readonly query: ListQuery;
  readonly empty: string;
  /** How many there are, where that is known. */
  readonly total?: number | undefined;
  /** Whether rows have a place in the line instead of a status. */
  readonly isLine?: boolean;
}

/** The requests that a query matches, live and without an end: pages are read as one scrolls. */
export function RequestList(props: ListProps) {
  const { base } = useUser();
  // Another query is another list: an answer to the old one is not shown.
  return <List key={JSON.stringify([base, props.query])} {...props} />;
}

function List(props: ListProps) {
  const user = useUser();
  const paged = useMemo(() => new PagedRequests(user, props.query), []);
  const range = useRef({ from: 0, to: 0 });
  const [read, setRead] = useState<{ error?: unknown }>();

  const [refresh, more] = useMemo(() => {
    const step = (act: () => Promise<void>, gapMs?: number) =>
      oneAtATime(
        () =>
          act().then(
            () => setRead({}),
            (error: unknown) => setRead({ error }),
          ),
        gapMs,
      );
    return [step(() => paged.refresh(range.current.from, range.current.to)), step(() => paged.more(), 0)];
  }, [paged]);
  useEffect(() => {
    refresh();
    return onChange(refresh);
  }, [refresh]);
  useAnotherTry(read, refresh);

  if (read === undefined) return <p class="muted loading">Reading …</p>;
  const { items, hasMore } = paged;
  return (
    <>
      <Failure error={read.error} retry={refresh} />
      {items.length === 0 && read.error === undefined && <p class="empty">{props.empty}</p>}
      <VirtualList
        label={props.label}
        items={items}
        total={props.total ?? (hasMore ? undefined : items.length)}
        keyOf={({ id }) => id}
        row={(item, index) => <RequestRow request={item} {...(props.isLine ? { place: index + 1 } : {})} />}
        onRange={(seen) => {
          range.current = seen;
          if (paged.isOld(seen.from, seen.to)) refresh();
          if (hasMore && seen.to > items.length) more();
        }}
      />
      {hasMore && (
        <button type="button" class="plain" onClick={more}>
          Read more
        </button>
      )}
    </>
  );
}
