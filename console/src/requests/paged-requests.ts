import type { ListQuery, RequestView, UserApi } from '../api/user-api';

/** As many as the API gives at once. */
const LIMIT = 200;

interface Page {
  /** What this page is asked for with; undefined for the first. */
  readonly cursor: string | undefined;
  readonly items: readonly RequestView[];
  readonly next: string | null;
  /** How often the list had been read again by then. */
  readonly readIn: number;
}

/**
 * A long list, read page by page, and read again where it is looked at. Nothing is there twice and nothing is missing
 * between two pages, whatever comes, ends or leaves meanwhile.
 */
export class PagedRequests {
  private pages: Page[] = [];
  /** How often the list was read again: a page that was not in view the last time is old. */
  private refreshes = 0;

  constructor(
    private readonly user: Pick<UserApi, 'list'>,
    private readonly query: ListQuery,
  ) {}

  get items(): RequestView[] {
    const seen = new Set<string>();
    return this.pages.flatMap(({ items }) => items.filter(({ id }) => !seen.has(id) && seen.add(id)));
  }

  /** Whether there is more than what is read. */
  get hasMore(): boolean {
    return this.pages.at(-1)?.next !== null;
  }

  /** Reads one page more, if there is one. */
  async more(): Promise<void> {
    const last = this.pages.at(-1);
    if (last === undefined) return this.refresh(0, 0);
    if (last.next === null) return;
    const page = await this.page(last.next);
    this.pages = [...this.pages, page]; // as they are by now: a refresh may have come between
  }

  /** Whether what is between two rows was not in view when the list was read again. */
  isOld(from: number, to: number): boolean {
    const inView = this.inView(from, to);
    return this.pages.some(({ readIn }, i) => inView[i] && readIn < this.refreshes);
  }

  /** Reads again what is between two rows, and the first page. */
  async refresh(from: number, to: number): Promise<void> {
    this.refreshes += 1;
    const inView = this.inView(from, to);
    for (let i = 0; i < Math.max(1, this.pages.length); i++)
      if (i === 0 || inView[i]) this.replace(i, await this.again(i));
  }

  /** Of each page, whether it has one of these rows. */
  private inView(from: number, to: number): boolean[] {
    let row = 0;
    return this.pages.map(({ items }) => {
      const begin = row;
      row += items.length;
      return begin <= to && row > from;
    });
  }

  private replace(i: number, page: Page): void {
    this.pages = this.pages.map((old, at) => (at === i ? page : old));
    if (this.pages.length === 0) this.pages = [page];
  }

  /** A page, as far as the one that follows it: what is new at its begin pushes others over its end. */
  private async again(i: number): Promise<Page> {
    const following = this.pages[i + 1];
    let page = await this.page(this.pages[i]?.cursor);
    const end = this.pages[i]?.items.at(-1);
    if (following === undefined || end === undefined) return page;
    const isBeyond = ({ seq }: RequestView) =>
      this.query.order === 'oldest' ? seq > end.seq : seq < end.seq;
    while (
      page.next !== null &&
      !page.items.some(({ seq }) => seq === end.seq) &&
      !page.items.some(isBeyond)
    ) {
      const more = await this.page(page.next);
      page = { ...page, items: [...page.items, ...more.items], next: more.next };
    }
    const items = page.items.filter((item) => !isBeyond(item));
    return { ...page, items, next: following.cursor ?? null };
  }

  private async page(cursor: string | undefined): Promise<Page> {
    const readIn = this.refreshes;
    const { items, nextCursor } = await this.user.list({
      ...this.query,
      limit: LIMIT,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return { cursor, items, next: nextCursor, readIn };
  }
}
