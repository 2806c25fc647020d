/** One user's queue at one moment. Times are ms since 1970 by the shard's clock. */
export interface QueueSnapshot {
  readonly now: number;
  /** The request that is running, if one is. */
  readonly activeId: string | undefined;
  /** When the running attempt was leased. */
  readonly activeSince: number | undefined;
  /** Waiting and running requests, without those scheduled for later. */
  readonly depth: number;
  /** Requests scheduled for a future time. */
  readonly scheduled: number;
  readonly paused: boolean;
  /** Whether a failed request holds the queue until it is retried or dismissed. */
  readonly halted: boolean;
  /** When the head may run, if that is in the future. */
  readonly nextDueAt: number | undefined;
  /** When the head was accepted, if it waits now. */
  readonly oldestWaitingSince: number | undefined;
  /** Every request accepted later has a higher seq. A scheduled one that was accepted before may have one too. */
  readonly lastSeq: number;
  /** Positions from the head by request id, for the requested ones that wait or run. */
  readonly positions: ReadonlyMap<string, number>;
}

/** Reads the reply of `lua/snapshot.lua`. */
export function readSnapshot(reply: unknown, requestIds: readonly string[]): QueueSnapshot {
  const [now, activeId, activeSince, waiting, scheduled, paused, halted, due, oldest, places, clock] =
    reply as [string, string, string, number, number, number, number, string, string, string[], string];
  const moment = (text: string) => (text === '' ? undefined : Number(text));
  return {
    now: Number(now),
    activeId: activeId === '' ? undefined : activeId,
    activeSince: moment(activeSince),
    depth: waiting + (activeId === '' ? 0 : 1),
    scheduled,
    paused: paused === 1,
    halted: halted === 1,
    nextDueAt: moment(due),
    oldestWaitingSince: moment(oldest),
    lastSeq: Number(clock),
    positions: new Map(
      requestIds.flatMap((id, i) =>
        places[i] === '' || places[i] === undefined ? [] : [[id, Number(places[i])]],
      ),
    ),
  };
}
