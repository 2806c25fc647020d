import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows drawn above and below the visible ones. */
const MORE = 8;

interface Range {
  readonly from: number;
  readonly to: number;
}

/** A list in which only the visible rows exist, however long it is. It scrolls with the page. */
export function VirtualList<T>(props: {
  label: string;
  items: readonly T[];
  /** The number of rows, including those not read yet; undefined if unknown. */
  total?: number | undefined;
  keyOf: (item: T) => string;
  row: (item: T, index: number) => ComponentChildren;
  /** Called with the visible indexes, whenever they change. */
  onRange: (range: Range) => void;
}) {
  const element = useRef<HTMLDivElement>(null);
  const height = useRowHeight();
  const [range, setRange] = useState<Range>({ from: 0, to: 2 * MORE });
  const count = props.items.length;

  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      const from = Math.max(0, Math.floor(-top / height) - MORE);
      const to = Math.max(0, Math.ceil((window.innerHeight - top) / height)) + MORE;
      setRange((last) => (last.from === from && last.to === to ? last : { from, to }));
    };
    measure();
    const options = { passive: true, capture: true } as const;
    window.addEventListener('scroll', measure, options);
    window.addEventListener('resize', measure);
    return () => {
      window.removeEventListener('scroll', measure, options);
      window.removeEventListener('resize', measure);
    };
  }, [height, count]);

  const { onRange } = props;
  useEffect(() => onRange(range), [range, count]);

  return (
    <div
      ref={element}
      role="list"
      aria-label={props.label}
      class="virtual-list"
      style={{ height: `${count * height}px` }}
    >
      {props.items.slice(range.from, range.to).map((item, i) => {
        const index = range.from + i;
        return (
          <div
            key={props.keyOf(item)}
            role="listitem"
            aria-posinset={index + 1}
            aria-setsize={props.total ?? -1}
            style={{ transform: `translateY(${index * height}px)`, height: `${height}px` }}
          >
            {props.row(item, index)}
          </div>
        );
      })}
    </div>
  );
}

const NARROW = window.matchMedia('(max-width: 640px)');

/** All rows have the same height, px, so that the list knows each position. A narrow row has two lines. */
function useRowHeight(): number {
  const [isNarrow, setNarrow] = useState(NARROW.matches);
  useEffect(() => {
    const change = () => setNarrow(NARROW.matches);
    NARROW.addEventListener('change', change);
    return () => NARROW.removeEventListener('change', change);
  }, []);
  return isNarrow ? 60 : 40;
}
