import { Problem } from '../errors/problem';
import { DEFAULT_LIMIT, PageQueryDto } from './page-query.dto';

/** An item of a list, ordered by its creation. */
export interface Listed {
  readonly _id: string;
  readonly createdAt: Date;
}

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** The newest `limit` documents that match the MongoDB filter, in the order of NEWEST_FIRST. */
export type Source<T> = (filter: object, limit: number) => Promise<T[]>;

/** By time; within one millisecond by id. */
export const NEWEST_FIRST = { createdAt: -1, _id: -1 } as const;

/**
 * A page of a list, newest first, merged from one or more collections. An item that exists throughout is listed exactly
 * once.
 * @throws Problem invalid_cursor
 */
export async function newestFirst<T extends Listed>(
  sources: readonly Source<T>[],
  { limit = DEFAULT_LIMIT, cursor }: PageQueryDto,
): Promise<Page<T>> {
  const filter = cursor === undefined ? {} : olderThan(placeOf(cursor));
  const found = (await Promise.all(sources.map((read) => read(filter, limit + 1)))).flat().sort(byNewest);
  const last = found[limit - 1];
  return {
    items: found.slice(0, limit),
    nextCursor: last !== undefined && found.length > limit ? cursorAfter(last) : null,
  };
}

const olderThan = ({ createdAt, _id }: Listed) => ({
  $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: _id } }],
});

function byNewest(one: Listed, other: Listed): number {
  const byTime = other.createdAt.getTime() - one.createdAt.getTime();
  return byTime !== 0 ? byTime : one._id < other._id ? 1 : -1;
}

const CURSOR = /^before:(\d{1,15}):([A-Za-z0-9_-]{1,64})$/;

/** The position after an item, opaque to clients. */
const cursorAfter = ({ _id, createdAt }: Listed) =>
  Buffer.from(`before:${createdAt.getTime()}:${_id}`).toString('base64url');

function placeOf(cursor: string): Listed {
  const [, at, _id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  const place = at === undefined || _id === undefined ? undefined : { _id, createdAt: new Date(Number(at)) };
  if (place === undefined || cursorAfter(place) !== cursor)
    throw new Problem(
      'invalid_cursor',
      'The cursor is invalid for this list: use the nextCursor of its last page.',
    );
  return place;
}
