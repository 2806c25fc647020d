import { ApiFixture, ApiUser } from './api-fixture';
import { attemptRecord, endedDocument, requestDocument } from '../journal/record-fixture';

let api: ApiFixture;
let user: ApiUser;
beforeAll(async () => {
  api = await ApiFixture.start();
});
beforeEach(async () => {
  user = await api.user();
});
afterAll(() => api.stop());

const echo = { type: 'echo', payload: 1 };
const mine = () => ({ userId: user.id, shard: 0 });

describe('GET /requests', () => {
  it('returns each request once, the newest first, while others are added', async () => {
    const createdAt = new Date();
    const documents = Array.from({ length: 250 }, () => endedDocument({ ...mine(), createdAt }));
    await api.requests.insertMany(documents);
    const first = await user.get('/requests?limit=20').expect(200);
    await user.enqueue(echo).expect(202);
    const rest = await user.allPages('limit=20', first.body.nextCursor);
    const ids = [...first.body.items.map(({ id }: { id: string }) => id), ...rest];
    expect(ids).toEqual(documents.map(({ _id }) => _id).reverse());
  });

  it('returns each request that matches all the time once, while others begin and cease to match', async () => {
    const failed = Array.from({ length: 24 }, () => endedDocument({ ...mine(), status: 'failed' }));
    await api.requests.insertMany(failed);
    const all = failed.map(({ _id }) => _id);
    for (let i = 0; i < 12; i++) all.push((await user.enqueue(echo).expect(202)).body.id);
    all.reverse();
    const nth = (n: number) => all.filter((_id, i) => i % 3 === n);
    /** To be retried: they match before and after. To be dismissed: they no longer match. */
    const [retried, gone] = [nth(1).slice(4), nth(2)];
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor && `&cursor=${cursor}`;
      const { body } = await user.get(`/requests?status=failed&status=queued&limit=5${after}`).expect(200);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
      // The newest, which was returned, and the oldest, which was not.
      for (const id of [retried.shift(), retried.pop()])
        if (id) await user.post(`/requests/${id}/retry`, {}).expect(200);
      for (const id of [gone.shift(), gone.pop()])
        if (id)
          await user.post(`/requests/${id}/${all.indexOf(id) < 12 ? 'cancel' : 'dismiss'}`, {}).expect(200);
      await user.enqueue(echo).expect(202);
    }
    expect(gone).toEqual([]);
    const left = new Set(await user.allPages('status=cancelled&status=dismissed'));
    expect(left.size).toBe(12);
    expect(seen).toEqual(all.filter((id) => seen.includes(id)));
    expect(all.filter((id) => !left.has(id) && !seen.includes(id))).toEqual([]);
  });

  it('returns waiting requests in their order, page by page, whatever has ended before', async () => {
    await api.requests.insertMany(Array.from({ length: 5 }, () => endedDocument(mine())));
    const inLine: string[] = [];
    for (let i = 0; i < 7; i++) inLine.push((await user.enqueue(echo).expect(202)).body.id);
    const asked = 'order=oldest&status=queued&status=active&limit=3';
    await expect(user.allPages(asked)).resolves.toEqual(inLine);
    const { body } = await user.get(`/requests?${asked}`).expect(200);
    expect(body.items.map(({ position }: { position: number }) => position)).toEqual([0, 1, 2]);
    await user.get(`/requests?cursor=${body.nextCursor}`).expect(400);
  });

  it('filters by type, tag, time, status and text', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 2, day));
    const [a, b, c, d] = [
      endedDocument({ ...mine(), type: 'sleep', tags: ['red', 'x'], createdAt: at(1) }),
      endedDocument({ ...mine(), status: 'failed', createdAt: at(2), payload: '{"who":"Ada (Lovelace)"}' }),
      endedDocument({ ...mine(), status: 'cancelled', tags: ['red'], createdAt: at(3) }),
      endedDocument({ ...mine(), status: 'abandoned', tags: ['red'], createdAt: at(2) }),
    ];
    await api.requests.insertMany([a, b, c, d]);
    const ids = (...documents: { _id: string }[]) => documents.map(({ _id }) => _id);
    await expect(user.allPages('')).resolves.toEqual(ids(c, b, a));
    await expect(user.allPages('type=sleep')).resolves.toEqual(ids(a));
    await expect(user.allPages('tag=red')).resolves.toEqual(ids(c, a));
    await expect(user.allPages('status=failed&status=cancelled')).resolves.toEqual(ids(c, b));
    await expect(user.allPages('from=2026-03-02T00:00:00Z')).resolves.toEqual(ids(c, b));
    await expect(user.allPages('to=2026-03-02T02:00:00%2B02:00')).resolves.toEqual(ids(a));
    await expect(user.allPages('q=lovelace)%20ADA')).resolves.toEqual(ids(b));
    await expect(user.allPages(`q=${a._id}`)).resolves.toEqual(ids(a));
    await expect(user.allPages('q=red&tag=x')).resolves.toEqual(ids(a));
  });

  it.each([
    ['Größe', '{"what":"Gr\\u00f6\\u00dfe"}'],
    ['GRÖSSE', '{"what":"gr\\u00f6sse"}'],
    ['größe', '{"what":"Größe"}'],
    ['😀', '"\\ud83d\\uDE00"'],
    ['a/b', '"a\\/b"'],
    ['"hi"', '"say \\"hi\\""'],
    ['"what":', '{"what":1}'],
    ['C:\\dir', '"C:\\\\dir"'],
    ['C:\\\\dir', '"C:\\\\dir"'],
    ['\\"hi\\"', '"say \\"hi\\""'],
    ['a\\"b', '"a\\\\\\"b"'],
  ])('finds %s, however the payload spells it', async (q, payload) => {
    const [found, other] = [
      endedDocument({ ...mine(), payload }),
      endedDocument({ ...mine(), payload: '"x"' }),
    ];
    await api.requests.insertMany([found, other]);
    await expect(user.allPages(`q=${encodeURIComponent(q)}`)).resolves.toEqual([found._id]);
  });

  it('refuses to search for a NUL, because no text contains one', async () => {
    const { body } = await user.get('/requests?q=a%00b').expect(422);
    expect(body.errors).toMatchObject([{ pointer: '?q', code: 'has_no_nul' }]);
  });

  it('filters pending requests by status', async () => {
    const { body: queued } = await user.enqueue(echo).expect(202);
    const { body: scheduled } = await user.enqueue({ ...echo, delayMs: 60_000 }).expect(202);
    const retrying = requestDocument({ ...mine(), attemptsMade: 1 });
    await api.requests.insertOne(retrying);
    await expect(user.allPages('status=queued')).resolves.toEqual([queued.id]);
    await expect(user.allPages('status=scheduled')).resolves.toEqual([scheduled.id]);
    await expect(user.allPages('status=retrying')).resolves.toEqual([retrying._id]);
    await expect(user.allPages('status=active')).resolves.toEqual([]);
    expect((await user.allPages('status=queued&status=scheduled&status=retrying')).length).toBe(3);
  });

  it('ends a page early if payloads are large, and leaves none out', async () => {
    const payload = JSON.stringify('x'.repeat(262_000));
    const documents = Array.from({ length: 20 }, () => endedDocument({ ...mine(), payload }));
    await api.requests.insertMany(documents);
    const { body } = await user.get('/requests?limit=200').expect(200);
    expect(body.items).toHaveLength(17);
    await expect(user.allPages('limit=200')).resolves.toHaveLength(20);
  });

  it.each([
    ['status=running', '?status'],
    ['from=2026-03-01', '?from'],
    ['from=2026-03-01T00:00:00', '?from'],
    ['to=2026-02-30T00:00:00Z', '?to'],
    ['limit=0', '?limit'],
    ['limit=201', '?limit'],
    ['limit=1e2', '?limit'],
    ['tag[$ne]=x', '?tag[$ne]'],
    ['type=a&type=b', '?type'],
  ])('refuses %s', async (query, pointer) => {
    const { body } = await user.get(`/requests?${query}`).expect(422);
    expect(body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
  });

  it('ends a page early if answers of targets are large, and leaves none out', async () => {
    const error = { code: 'http_503', message: 'x', details: JSON.stringify({ body: 'x'.repeat(10_000) }) };
    const attempts = Array.from({ length: 100 }, () => ({ ...attemptRecord(), error }));
    await api.requests.insertMany(Array.from({ length: 8 }, () => endedDocument({ ...mine(), attempts })));
    const { body } = await user.get('/requests?limit=200').expect(200);
    expect(body.items).toHaveLength(5);
    await expect(user.allPages('limit=200')).resolves.toHaveLength(8);
  });

  it.each(['x', 'YmVmb3JlOg', '', 'YmVmb3JlOjE3NzIzNTc0MDAxMjM0NTY='])(
    'refuses the cursor "%s"',
    async (cursor) => {
      const { body } = await user.get(`/requests?cursor=${cursor}`).expect(400);
      expect(body.code).toBe('invalid_cursor');
    },
  );
});
