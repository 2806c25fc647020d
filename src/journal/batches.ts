import type { Collection } from 'mongodb';
import type { Clock } from '../common/time/clock';
import type { BatchMembership, RequestDocument } from './request-document';
import type { RequestInserts } from './request-inserts';
import { DECIDING, DURABLE } from './request.schema';

/** Requests that a batch has at most. */
export const MAX_BATCH = 250;

/** Hex digits that make the ids of a batch's members differ. */
const MEMBER_DIGITS = 3;

/** The id of a batch's i-th member: a UUIDv7 like any other, computed from the batch. */
export const memberId = (batchId: string, index: number): string =>
  batchId.slice(0, -MEMBER_DIGITS) + index.toString(16).padStart(MEMBER_DIGITS, '0');

export const memberIds = ({ id, n }: BatchMembership): string[] =>
  Array.from({ length: n }, (_, index) => memberId(id, index));

/**
 * Makes a batch whole or gives it up. Its documents are inserted together, but a process may die in the middle. So
 * until a batch is protected (every member has a token), a worker that runs a member must count the members here
 * first. (P3) The first member of a whole batch decides for all: one conditional write protects it or gives it up.
 */
export class Batches {
  constructor(
    private readonly requests: Collection<RequestDocument>,
    private readonly inserts: RequestInserts,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether MongoDB has every member. If not, a tombstone takes the place of a missing member, so that this stays so,
   * and only then are the others abandoned. If it has, no member can be abandoned from now on.
   */
  async resolve(batch: BatchMembership, userId: string): Promise<'whole' | 'dead'> {
    const ids = memberIds(batch);
    for (;;) {
      const found = await this.requests
        .find({ _id: { $in: ids } }, { projection: { status: 1 }, ...DECIDING })
        .toArray();
      const isDead = found.some(({ status }) => status === 'abandoned');
      const missing = ids.find((id) => !found.some(({ _id }) => _id === id));
      if (!isDead && missing === undefined) {
        if (await this.protect(ids)) return 'whole';
        continue; // given up meanwhile
      }
      if (!isDead && missing !== undefined && !(await this.bury(missing, userId))) continue; // it has arrived
      await this.abandon(ids);
      return 'dead';
    }
  }

  /** Protects the members of a whole batch from being abandoned. @returns false if the batch was given up */
  async protect([first = '', ...others]: readonly string[]): Promise<boolean> {
    const mark = { $max: { token: 1 } };
    const stands = { _id: first, status: { $ne: 'abandoned' } } as const;
    if ((await this.requests.updateOne(stands, mark, DURABLE)).matchedCount === 0) return false;
    await this.requests.updateMany({ _id: { $in: others }, pending: true }, mark, DURABLE);
    return true;
  }

  /** Abandons a batch that was never acknowledged. @returns false if a member was started or acknowledged */
  async giveUp(batch: BatchMembership): Promise<boolean> {
    const [first = '', ...others] = memberIds(batch);
    if ((await this.abandon([first])) === 0) return false;
    await this.abandon(others);
    return true;
  }

  /** Abandons those of these members that were neither started nor acknowledged. @returns how many */
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
    // The seq of the missing member is not known here; a negative one belongs to no request.
    const seq = -parseInt(id.replaceAll('-', '').slice(-12), 16);
    const tombstone = { _id: id, userId, seq, status: 'abandoned', abandonedAt } as const;
    const outcome = await this.inserts.insert(tombstone);
    if (outcome !== 'inserted' && outcome !== 'duplicate_id')
      throw new Error(`no tombstone for ${id}: ${outcome}`);
    return outcome === 'inserted';
  }
}
