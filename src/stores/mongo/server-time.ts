import type { Connection } from 'mongoose';

/** The clock of MongoDB's primary, ms since 1970. All processes share it. @param timeoutMS most time, if not the driver's */
export async function serverTime(connection: Connection, timeoutMS?: number): Promise<number> {
  const options = { readPreference: 'primary', ...(timeoutMS === undefined ? {} : { timeoutMS }) } as const;
  const { localTime } = (await connection.db!.admin().command({ hello: 1 }, options)) as { localTime: Date };
  return localTime.getTime();
}
