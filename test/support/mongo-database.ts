import { randomUUID } from 'node:crypto';
import { mongo } from 'mongoose';
import { testVariable } from './test-run';

/** The URI of a new database, which nothing else uses, on the run's MongoDB. */
export function uniqueDatabase(): string {
  const uri = new URL(testVariable('TEST_MONGODB_URI'));
  uri.pathname = `/t_${randomUUID().replaceAll('-', '')}`;
  return uri.href;
}

/** Drops the database that the URI names. */
export async function dropDatabase(uri: string): Promise<void> {
  const client = new mongo.MongoClient(uri);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}
