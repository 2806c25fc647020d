/** Connections of this process to MongoDB: `in_use` by a call, `idle`, and calls `waiting` for one. */
export const CONNECTION_STATES = ['in_use', 'idle', 'waiting'] as const;

/** The state of this process's store drivers. */
export interface DriverReading {
  readonly mongodb: Readonly<Record<(typeof CONNECTION_STATES)[number], number>>;
  /** Commands that Redis has not answered yet. */
  readonly redisUnanswered: number;
}

/** How busy this process's connections to the stores are. The stores implement it, metrics read it. */
export abstract class DriverGauges {
  abstract read(): DriverReading;
}
