import type { Collection } from 'mongodb';
import type { Clock } from '../common/time/clock';
import type { BatchMembership, RequestDocument } from './request-document';
import type { RequestInserts } from './request-inserts';
import { DECIDING, DURABLE } from './request.schema';

/** Requests that a batch has at most. */
export const MAX_BATCH = 250;

/** Digits that tell the members of a batch apart. */
const MEMBER_DIGITS = 3;

/** The id of a batch's i-th member: a UUIDv7 like every other, and known to whoever knows the batch. */
export const memberId = (batchId: string, index: number): string =>
  batchId.slice(0, -MEMBER_DIGITS) + index.toString(16).padStart(MEMBER_DIGITS, '0');

export const memberIds = ({ id, n }: BatchMembership): string[] =>
  Array.from({ length: n }, (_, index) => memberId(id, index));

/**
 * All of a batch or none of it. Its documents are inserted together, but a process may die in the middle, so until a
 * batch is protected (every member has a token) nobody runs one of its members without having counted them here. (P3)
 * Of a whole one the first member decides for all: it is protected or given up by one conditional write.
 */
export class Batches {
  constructor(
    private readonly requests: Collection<RequestDocument>,
    private readonly inserts: RequestInserts,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether every member is on record. If not, a tombstone in the place of a missing one sees to it that this stays so,
   * and only then the others are abandoned. If so, nobody may abandon any of them from now on.
   */
  async resolve(batch: BatchMembership, userId: string): Promise<'whole' | 'dead'> {
    const ids = memberIds(batch);
    for (;;) {
      const found = await this.requests
        .find({ _id: { $in: ids } }, { projection: { status: 1 }, ...DECIDING })
        .toArray();
      const isDead = found.some(({ status }) => status === 'abandoned');
      if (!isDead && found.length === ids.length) {
        if (await this.protect(ids)) return 'whole';
        continue; // given up meanwhile
      }
      if (
        isDead ||
        (await this.bury(
          ids.find((id) => !found.some(({ _id }) => _id === id))!,
          userId,
        ))
      ) {
        await this.abandon(ids);
        return 'dead';
      }
    }
  }

  /** Makes the members of a whole batch requests that nobody may abandon. @returns false if it was given up */
  async protect([first = '', ...others]: readonly string[]): Promise<boolean> {
    const mark = { $max: { token: 1 } };
    const stands = { _id: first, status: { $ne: 'abandoned' } } as const;
    if ((await this.requests.updateOne(stands, mark, DURABLE)).matchedCount === 0) return false;
    await this.requests.updateMany({ _id: { $in: others }, pending: true }, mark, DURABLE);
    return true;
  }

  /** Takes back a batch that nobody was promised. @returns false if somebody has started it, or answered for it */
  async giveUp(batch: BatchMembership): Promise<boolean> {
    const [first = '', ...others] = memberIds(batch);
    if ((await this.abandon([first])) === 0) return false;
    await this.abandon(others);
    return true;
  }

  /** Takes back those of these members that nobody has started or answered for. @returns how many */
  async abandon(ids: readonly string[]): Promise<number> {
    const { matchedCount } = await this.requests.updateMany(
      { _id: { $in: [...ids] }, pending: true, token: 0 },
      {
        $set: { status: 'abandoned', abandonedAt: new Date(this.clock.wall()) },
        $unset: { pending: '', key: '' },
      },
      DURABLE,
    );
    return matchedCount;
  }

  /** @returns false when the missing member has come after all */
  private async bury(id: string, userId: string): Promise<boolean> {
    const abandonedAt = new Date(this.clock.wall());
    // Its seq is not known here; a negative one of its own is nobody's.
    const seq = -parseInt(id.replaceAll('-', '').slice(-12), 16);
    const tombstone = { _id: id, userId, seq, status: 'abandoned', abandonedAt } as const;
    const outcome = await this.inserts.insert(tombstone);
    if (outcome !== 'inserted' && outcome !== 'duplicate_id')
      throw new Error(`no tombstone for ${id}: ${outcome}`);
    return outcome === 'inserted';
  }
}
