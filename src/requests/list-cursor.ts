import { Problem } from '../common/errors/problem';

const CURSOR = /^before:(\d{1,16})$/;

/** The place in a list after its last item, opaque to clients. seq is never given twice, so nothing repeats or is skipped. */
export function cursorAfter(seq: number): string {
  return Buffer.from(`before:${seq}`).toString('base64url');
}

/** The seq below which the list goes on. @throws Problem invalid_cursor */
export function seqOfCursor(cursor: string): number {
  const seq = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (seq === undefined || cursorAfter(Number(seq)) !== cursor)
    throw new Problem('invalid_cursor', 'The cursor is not one that this list gave out.');
  return Number(seq);
}
