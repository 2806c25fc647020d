import type { Collection, Document } from 'mongodb';
import { Coalescer } from '../../common/flow/coalescer';
import { SECOND_MS } from '../../common/time/units';

/** How long a read may take if MongoDB accepts calls but does not answer. The calls that wait behind it then fail. */
const READ_TIMEOUT_MS = 3 * SECOND_MS;

/** One read at a time for what every call needs. */
export const ONE_AT_A_TIME = { maxBatch: 500, maxInFlight: 1 } as const;

/** The options of a read that many calls wait for. */
export const readOptions = () =>
  ({ readPreference: 'primary', signal: AbortSignal.timeout(READ_TIMEOUT_MS) }) as const;

const fieldsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));

/** The stages that find documents by id. */
export const withIds = (ids: readonly string[], fields: readonly string[]) => [
  { $match: { _id: { $in: [...new Set(ids)] } } },
  { $project: fieldsOf(fields) },
];

/** The methods of a collection that this needs; both Mongoose and the driver have them. */
type Findable = Pick<Collection<Document>, 'find'>;

/**
 * Finds documents by id, for reads that every call needs. One read at a time serves all calls that arrived before it
 * began. No call joins a read that has begun, so every call sees the writes before it.
 */
export class CoalescedFind<T extends { readonly _id: string }> {
  private readonly reads = new Coalescer<string, T | undefined>({
    ...ONE_AT_A_TIME,
    run: (ids) => this.read(ids),
  });

  /** @param fields to read, besides the id */
  constructor(
    private readonly collection: Findable,
    private readonly fields: readonly Exclude<keyof T & string, '_id'>[],
  ) {}

  /** The document with this id. */
  async find(id: string): Promise<T | undefined> {
    return this.reads.push(id);
  }

  private async read(ids: readonly string[]): Promise<(T | undefined)[]> {
    const documents = await this.collection
      .find<T>(
        { _id: { $in: [...new Set(ids)] } as never },
        { projection: fieldsOf(this.fields), ...readOptions() },
      )
      .toArray();
    const found = new Map(documents.map((document) => [document._id, document]));
    return ids.map((id) => found.get(id));
  }
}
