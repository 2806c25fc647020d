import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { oneAtATime, onChange, useAnotherTry } from '../api/live';
import { type ListQuery, useUser } from '../api/user-api';
import { Failure } from '../ui/failure';
import { VirtualList } from '../ui/virtual-list';
import { PagedRequests } from './paged-requests';
import { RequestRow } from './request-row';

/** The requests that a query matches, live and without an end: pages are read as one scrolls. */
export function RequestList(props: {
  label: string;
  query: ListQuery;
  empty: string;
  /** How many there are, where that is known. */
  total?: number | undefined;
  /** Whether rows have a place in the line instead of a status. */
  isLine?: boolean;
}) {
  const user = useUser();
  const key = JSON.stringify([user.base, props.query]);
  const paged = useMemo(() => new PagedRequests(user, props.query), [key]);
  const range = useRef({ from: 0, to: 0 });
  const [read, setRead] = useState<{ of: PagedRequests; error?: unknown }>();

  const [refresh, more] = useMemo(() => {
    const step = (act: () => Promise<void>, gapMs?: number) =>
      oneAtATime(
        () =>
          act().then(
            () => setRead({ of: paged }),
            (error: unknown) => setRead({ of: paged, error }),
          ),
        gapMs,
      );
    return [step(() => paged.refresh(range.current.from, range.current.to)), step(() => paged.more(), 0)];
  }, [paged]);
  useEffect(() => {
    refresh();
    return onChange(refresh);
  }, [refresh]);
  useAnotherTry(read?.of === paged ? read : undefined, refresh);

  const { items } = paged;
  const hasMore = read?.of === paged && paged.hasMore;
  if (read?.of !== paged) return <p class="muted loading">Reading …</p>;
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
