import type { Collection, Document } from 'mongodb';
import type { Model } from 'mongoose';

/** The driver's collection behind a model: documents are sent exactly as written, and nothing is hydrated. */
export function collectionOf<T extends Document>(
  model: Pick<Model<unknown>, 'db' | 'collection'>,
): Collection<T> {
  return model.db.collection<T>(model.collection.name);
}
