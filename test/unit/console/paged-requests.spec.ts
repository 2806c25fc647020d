import type { ListQuery, RequestView } from '../../../console/src/api/user-api';
import { PagedRequests } from '../../../console/src/requests/paged-requests';

/** A server's list, newest first. The test chooses when each read is answered, and which one first. */
class ServedList {
  private readonly seqs: number[] = [];
  private readonly answers: (() => void)[] = [];

  accept(count: number): void {
    for (let i = 0; i < count; i++) this.seqs.unshift(this.seqs.length + 1);
  }

  get all(): readonly number[] {
    return this.seqs;
  }

  list = async ({ cursor, limit = 0 }: ListQuery) => {
    const from = cursor === undefined ? 0 : this.seqs.findIndex((seq) => seq < Number(cursor));
    const seqs = this.seqs.slice(from, from + limit);
    const last = seqs.at(-1);
    await new Promise<void>((resolve) => this.answers.push(resolve));
    return {
      items: seqs.map((seq) => ({ id: `${seq}`, seq }) as RequestView),
      nextCursor: last === undefined || last === this.seqs.at(-1) ? null : `${last}`,
    };
  };

  /** Answers every read until `steps` have ended. */
  async answer(order: 'first' | 'last', ...steps: Promise<void>[]): Promise<void> {
    let hasEnded = false;
    const all = Promise.all(steps).finally(() => (hasEnded = true));
    while (!hasEnded) {
      (order === 'first' ? this.answers.shift() : this.answers.pop())?.();
      await new Promise(setImmediate);
    }
    await all;
  }
}

it.each(['first', 'last'] as const)(
  'leaves no gap between two pages if a refresh overlaps, with its answer %s',
  async (order) => {
    const served = new ServedList();
    const paged = new PagedRequests(served, { order: 'newest' });
    served.accept(600);
    await served.answer('first', paged.refresh(0, 20));
    served.accept(5);
    await served.answer(order, paged.refresh(0, 20), paged.more());
    const read = paged.items.map(({ seq }) => seq);
    expect(read.length).toBeGreaterThan(200);
    expect(read).toEqual(served.all.slice(0, read.length));
  },
);
