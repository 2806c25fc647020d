/**
 * What users with something pending are doing. `busy`: a request runs. `due`: one may start, and waits for a worker.
 * `timed`: the next waits for a backoff, a schedule or a rate. `stopped`: the queue is paused or halted.
 */
export const USER_STATES = ['busy', 'due', 'timed', 'stopped'] as const;

export type UsersByState = Readonly<Record<(typeof USER_STATES)[number], number>>;

export interface ClusterReading {
  /** Users with something pending who are not being served now. */
  readonly pendingUsers: number;
  /** Users being served now. */
  readonly leasedUsers: number;
  /** All users with something pending; each is in one state. */
  readonly usersByState: UsersByState;
  /** How long the longest waiting due user has been due, in seconds; 0 if no user is due. */
  readonly oldestDueSeconds: number;
}

/** What this process may act on at this moment. */
export interface OpenShards {
  /** It cannot see the state of the queues (MongoDB has been away for too long): it may act on none. */
  readonly isBlind: boolean;
  /** Shards that are open to this process now. */
  readonly open: number;
  /** Of these, the shards that take requests: their node is not full. */
  readonly writable: number;
  /** All shards. */
  readonly of: number;
}

/** The state of the whole cluster, read on demand. The queue implements it, metrics read it. */
export abstract class ClusterGauges {
  /** @throws if a store cannot be read */
  abstract read(): Promise<ClusterReading>;

  /** Looks which shards are open, and which of them take requests. Never rejects. */
  abstract openShards(): Promise<OpenShards>;
}
