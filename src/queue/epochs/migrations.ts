import type { Db } from 'mongodb';

/**
 * A change of the data in MongoDB. It runs while processes of the previous version are running, so it only adds data,
 * or removes what that version no longer reads or writes: expand in one version, contract in the next. It may run
 * twice, when two processes start at the same time. There is no way back.
 */
export interface Migration {
  /** The schema after the migration. */
  readonly to: number;
  /** What it does, for the log. */
  readonly what: string;
  readonly run: (db: Db) => Promise<void>;
}

const INDEX_NOT_FOUND = 27;
const NAMESPACE_NOT_FOUND = 26;

/** In order. 1 is the schema of 0.1.0. New indexes need no migration: each start creates them. */
export const MIGRATIONS: readonly Migration[] = [
  {
    to: 2,
    what: 'processes are no longer removed by a TTL index, and the speed of a queue is measured by another index',
    run: async (db) => {
      await dropIndex(db, 'processes', 'heartbeatAt_1');
      await dropIndex(db, 'requests', 'userId_1_finishedAt_-1');
    },
  },
];

/** Removes an index, unless it is gone already. */
async function dropIndex(db: Db, collection: string, name: string): Promise<void> {
  await db
    .collection(collection)
    .dropIndex(name)
    .catch((error: unknown) => {
      const { code } = error as { code?: unknown };
      if (code !== INDEX_NOT_FOUND && code !== NAMESPACE_NOT_FOUND) throw error;
    });
}

/** The schema that this version needs, and the newest that it knows. */
export const SCHEMA = Math.max(1, ...MIGRATIONS.map(({ to }) => to));
