import { Problem } from '../common/errors/problem';

export const LIST_ORDERS = ['newest', 'oldest'] as const;

/** Which `seq` comes first in a list: the highest or the lowest. */
export type ListOrder = (typeof LIST_ORDERS)[number];

const SIDES = { newest: 'before', oldest: 'after' } as const satisfies Record<ListOrder, string>;

/**
 * The position after the last item of a page, opaque to clients. A seq is never reused, so nothing repeats or is
 * skipped.
 */
export function cursorAfter(seq: number, order: ListOrder): string {
  return Buffer.from(`${SIDES[order]}:${seq}`).toString('base64url');
}

/** The seq after which a list continues. @throws Problem invalid_cursor */
export function seqOfCursor(cursor: string, order: ListOrder): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const seq = /^[a-z]+:(\d{1,16})$/.exec(text)?.[1];
  if (seq === undefined || cursorAfter(Number(seq), order) !== cursor)
    throw new Problem('invalid_cursor', 'The cursor is invalid for this list.');
  return Number(seq);
}
