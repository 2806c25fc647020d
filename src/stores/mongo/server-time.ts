import type { Connection } from 'mongoose';

/** MongoDB's clock, ms since 1970. All processes share it. */
export async function serverTime(connection: Connection): Promise<number> {
  const { localTime } = (await connection.db!.admin().command({ hello: 1 })) as { localTime: Date };
  return localTime.getTime();
}
