export const STUCK_KINDS = ['due', 'stopped', 'runs_long', 'lease_ended', 'limited'] as const;

/** A user of a shard whose queue does not move, as Redis knows it. All moments are ms since 1970 by the shard's time. */
export interface StuckUser {
  readonly userId: string;
  /**
   * `due`: no worker has taken it. `stopped`: paused or halted. `runs_long`: it is running. `lease_ended`: its worker
   * is gone, and no other has taken it back. `limited`: a rate delays it.
   */
  readonly kind: (typeof STUCK_KINDS)[number];
  readonly lane: string;
  /** Since when; unknown of one that is stopped. */
  readonly since: number | undefined;
  /** The request at the head: the one that runs, or the next. */
  readonly headId: string | undefined;
  /** When the head was accepted. */
  readonly headSince: number | undefined;
  /** When a limited one may start. */
  readonly nextDueAt: number | undefined;
  /** Of one that runs, or ran. */
  readonly worker: string | undefined;
}

/** The findings of a shard. */
export interface StuckReading {
  /** Whether everybody was looked at: a call is bounded. */
  readonly isWhole: boolean;
  /** The lanes of which users are being served. */
  readonly servedLanes: readonly string[];
  readonly users: readonly StuckUser[];
}

const FIELDS = 8;

/** Reads the reply of `lua/stuck.lua`. */
export function readStuck(reply: unknown): StuckReading {
  const [whole, lanes, flat] = reply as [number, string, string[]];
  const users = Array.from({ length: flat.length / FIELDS }, (_, i) =>
    userOf(flat.slice(FIELDS * i, FIELDS * (i + 1))),
  );
  return { isWhole: whole === 1, servedLanes: lanes.split(' ').filter((lane) => lane !== ''), users };
}

function userOf(fields: readonly string[]): StuckUser {
  const [userId = '', kind, lane = '', since, headId, headSince, nextDueAt, worker] = fields;
  return {
    ...{ userId, lane },
    kind: kind as StuckUser['kind'],
    headId: given(headId),
    worker: given(worker),
    since: moment(since),
    headSince: moment(headSince),
    nextDueAt: moment(nextDueAt),
  };
}

const given = (text: string | undefined) => (text === '' ? undefined : text);
const moment = (text: string | undefined) => (text ? Number(text) : undefined);
