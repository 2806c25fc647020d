import { Problem } from '../../common/errors/problem';
import { SECOND_MS } from '../../common/time/units';
import { isOutOfTime } from './driver-errors';

/** Time limit of MongoDB for a read whose size depends on what its caller asks for. */
const LIST_TIME_MS = 5 * SECOND_MS;

/**
 * Runs a list, a search or a count within the time limit.
 * @param read passes the options on to MongoDB
 * @throws Problem unavailable if MongoDB ended it because the time was up
 */
export async function timedRead<T>(
  read: (options: { readonly maxTimeMS: number }) => Promise<T>,
): Promise<T> {
  try {
    return await read({ maxTimeMS: LIST_TIME_MS });
  } catch (error) {
    if (!isOutOfTime(error)) throw error;
    throw new Problem('unavailable', 'The search took too long. Narrow it.', { cause: error });
  }
}
