import type { Collection, Filter } from 'mongodb';
import type { RequestDocument } from './request-document';
import { DURABLE } from './request.schema';

/** Requests removed in one call, so that no call takes as long as a whole history. */
const CHUNK = 1000;

/**
 * Removes all matching requests in chunks; one that no longer matches when its chunk is removed stays. @returns how
 * many
 */
export async function removeAll(
  requests: Collection<RequestDocument>,
  filter: Filter<RequestDocument>,
  chunk = CHUNK,
): Promise<number> {
  let removed = 0;
  for (let found = chunk; found === chunk;) {
    const some = await requests
      .find(filter, { projection: { _id: 1 } })
      .limit(chunk)
      .toArray();
    found = some.length;
    const still = { $and: [filter, { _id: { $in: some.map(({ _id }) => _id) } }] };
    if (found > 0) removed += (await requests.deleteMany(still, DURABLE)).deletedCount;
  }
  return removed;
}
