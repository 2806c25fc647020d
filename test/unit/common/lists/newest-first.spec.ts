import { type Listed, newestFirst, NEWEST_FIRST } from '../../../../src/common/lists/newest-first';

const item = (_id: string, ms: number): Listed => ({ _id, createdAt: new Date(ms) });

/** Items of two collections; those of one millisecond are in both. */
const SOURCES = [
  [item('a', 1000), item('c', 2000), item('f', 3000)],
  [item('b', 2000), item('d', 2000), item('e', 3000)],
];

/** The answer of MongoDB to such a filter. */
const source = (all: Listed[]) => async (filter: object, limit: number) => {
  const { $or } = filter as {
    $or?: [{ createdAt: { $lt: Date } }, { createdAt: Date; _id: { $lt: string } }];
  };
  const matches = all.filter(({ _id, createdAt }) => {
    if (!$or) return true;
    const [older, sameTime] = $or;
    return createdAt < older.createdAt.$lt || (+createdAt === +sameTime.createdAt && _id < sameTime._id.$lt);
  });
  return matches
    .sort((one, other) => +other.createdAt - +one.createdAt || (one._id < other._id ? 1 : -1))
    .slice(0, limit);
};

const page = (limit: number, cursor?: string) =>
  newestFirst(SOURCES.map(source), { limit, ...(cursor === undefined ? {} : { cursor }) });

it.each([1, 2, 3, 4, 5])('the list shows each item once, the newest first, in pages of %d', async (limit) => {
  const shown: string[][] = [];
  let cursor: string | null | undefined;
  do {
    const { items, nextCursor } = await page(limit, cursor ?? undefined);
    shown.push(items.map(({ _id }) => _id));
    cursor = nextCursor;
  } while (cursor !== null);
  expect(shown.flat()).toEqual(['f', 'e', 'd', 'c', 'b', 'a']);
  expect(shown).toHaveLength(Math.ceil(6 / limit)); // no empty page at the end
  expect(NEWEST_FIRST).toEqual({ createdAt: -1, _id: -1 });
});

it.each([
  ['not a place in base64', Buffer.from('after:1000:a').toString('base64url')],
  ['a place without an id', Buffer.from('before:1000:').toString('base64url')],
  ['a time with leading zeros', Buffer.from('before:01000:a').toString('base64url')],
  ['longer than the one that was given out', `${Buffer.from('before:1000:a').toString('base64url')}!`],
])('the list refuses a cursor that is %s', async (_, cursor) => {
  await expect(page(2, cursor)).rejects.toMatchObject({ code: 'invalid_cursor' });
});
