import type { Collection, Filter } from 'mongodb';
import type { RequestDocument } from './request-document';
import { DURABLE } from './request.schema';

/** Requests removed in one call, so that no call takes as long as a whole history. */
const CHUNK = 1000;

/**
 * Removes all matching requests in chunks; one that no longer matches when its chunk is removed stays. Each chunk begins
 * after the last one: what stays is not read again.
 * @param by the field that an index orders the matching requests by @returns how many
 */
export async function removeAll(
  requests: Collection<RequestDocument>,
  filter: Filter<RequestDocument>,
  by: '_id' | 'seq',
  chunk = CHUNK,
): Promise<number> {
  let removed = 0;
  let following: Filter<RequestDocument> = {};
  for (;;) {
    const some = await requests
      .find({ $and: [filter, following] }, { projection: { _id: 1, [by]: 1 } })
      .sort({ [by]: 1 })
      .limit(chunk)
      .toArray();
    const last = some.at(-1);
    if (last === undefined) return removed;
    const still = { $and: [filter, { _id: { $in: some.map(({ _id }) => _id) } }] };
    removed += (await requests.deleteMany(still, DURABLE)).deletedCount;
    following = { [by]: { $gt: last[by] } };
  }
}
