import type { Db } from 'mongodb';

/** The number of documents that each read of a collection examines during `act`, by MongoDB's profiler. */
export async function examined(db: Db, collection: string, act: () => Promise<unknown>): Promise<number[]> {
  await db.setProfilingLevel('all');
  await act();
  await db.setProfilingLevel('off');
  const reads = { ns: `${db.databaseName}.${collection}`, op: { $in: ['query', 'getmore', 'command'] } };
  const profiled = await db.collection('system.profile').find(reads).toArray();
  await db.collection('system.profile').drop();
  return profiled.map(({ docsExamined }) => Number(docsExamined));
}
