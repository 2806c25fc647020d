/** What a handler reported during its attempt, for people to read. Bounded: the oldest lines may be cut. */
export interface AttemptNotes {
  readonly progress?: Progress;
  /** The latest lines, oldest first. */
  readonly log?: readonly LogLine[];
}

/** How far an attempt has come. */
export interface Progress {
  /** 0 to 1 */
  readonly done: number;
  readonly text?: string;
  readonly at: Date;
}

export interface LogLine {
  readonly at: Date;
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
}

/** The notes of the running attempt so far. */
export interface LiveNotes extends AttemptNotes {
  /** Number of the attempt. */
  readonly attempt: number;
}
