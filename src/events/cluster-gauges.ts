export interface ClusterReading {
  /** Users with something pending who are not being served now. */
  readonly pendingUsers: number;
  /** Users being served now. */
  readonly leasedUsers: number;
  /** How long the user who is due longest has been due, in seconds; 0 if nobody is. */
  readonly oldestDueSeconds: number;
}

/** The state of the whole cluster, read when somebody asks. The queue implements it, metrics read it. */
export abstract class ClusterGauges {
  /** @throws if the stores cannot tell */
  abstract read(): Promise<ClusterReading>;
}
