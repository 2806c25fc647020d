import type { ListQuery, RequestView, UserApi } from '../api/user-api';

/** As many as the API gives at once. */
const LIMIT = 200;

interface Page {
  /** What this page is asked for with; undefined for the first. */
  readonly cursor: string | undefined;
  readonly items: readonly RequestView[];
  readonly next: string | null;
  /** The number of refreshes when it was read. */
  readonly readIn: number;
}

/**
 * A long list, read page by page, and read again where it is looked at. Nothing is there twice and nothing is missing
 * between two pages, whatever comes, ends or leaves meanwhile. Reads run one at a time: a page begins where the one
 * before it ends.
 */
export class PagedRequests {
  private pages: Page[] = [];
  private running: Promise<void> = Promise.resolve();
  /** How often the list was refreshed; a page that was not in view the last time is old. */
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
  more(): Promise<void> {
    return this.inTurn(async () => {
      const next = this.pages.at(-1)?.next;
      if (next !== null) this.pages = [...this.pages, await this.page(next)];
    });
  }

  /** Whether something between two rows was not in view at the last refresh. */
  isOld(from: number, to: number): boolean {
    const inView = this.inView(from, to);
    return this.pages.some(({ readIn }, i) => inView[i] && readIn < this.refreshes);
  }

  /** Reads again what is between two rows, and the first page. */
  refresh(from: number, to: number): Promise<void> {
    return this.inTurn(async () => {
      this.refreshes += 1;
      const inView = this.inView(from, to);
      const old = this.pages.filter((_page, i) => i === 0 || inView[i]);
      if (old.length === 0) this.pages = [await this.page(undefined)];
      for (const each of old) {
        const read = await this.again(each);
        this.pages = this.pages.flatMap((page) => (page === each ? read : [page]));
      }
    });
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

  /**
   * A page again, up to the page that follows it: new items at its start push others over its end. If that is more than
   * one page, it becomes several, so that the next refresh reads only the first.
   */
  private async again(old: Page): Promise<readonly Page[]> {
    const following = this.pages[this.pages.indexOf(old) + 1];
    let page = await this.page(old.cursor);
    const end = old.items.at(-1);
    if (following === undefined || end === undefined) return [page];
    const isBeyond = ({ seq }: RequestView) =>
      this.query.order === 'oldest' ? seq > end.seq : seq < end.seq;
    const before: Page[] = [];
    while (
      page.next !== null &&
      !page.items.some(({ seq }) => seq === end.seq) &&
      !page.items.some(isBeyond)
    ) {
      before.push(page);
      page = await this.page(page.next);
    }
    const items = page.items.filter((item) => !isBeyond(item));
    return [...before, { ...page, items, next: following.cursor ?? null }];
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.running.then(step);
    this.running = done.catch(() => undefined);
    return done;
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
