import { chunksOf } from '../common/flow/in-chunks';

/** A user of a shard whose queue does not move, according to Redis. Times are ms since 1970 by the shard's clock. */
export interface StuckUser {
  readonly userId: string;
  /**
   * `due`: no worker has taken it. `stopped`: paused or halted. `runs_long`: it is running. `lease_ended`: its worker
   * is gone, and no other has taken it back. `limited`: a rate delays it.
   */
  readonly kind: 'due' | 'stopped' | 'runs_long' | 'lease_ended' | 'limited';
  readonly lane: string;
  /** Since when; unknown for a stopped one. */
  readonly since: number | undefined;
  /** The request at the head: the running one, or the next. */
  readonly headId: string | undefined;
  /** When the head was accepted. */
  readonly headSince: number | undefined;
  /** When a limited one may start. */
  readonly nextDueAt: number | undefined;
  /** The worker that runs it, or ran it. */
  readonly worker: string | undefined;
}

/** The findings of a shard. */
export interface StuckReading {
  /** Whether all users were checked: a call is bounded. */
  readonly isWhole: boolean;
  /** The lanes whose users are being served. */
  readonly servedLanes: readonly string[];
  readonly users: readonly StuckUser[];
}

const FIELDS = 8;

/** Reads the reply of `lua/stuck.lua`. */
export function readStuck(reply: unknown): StuckReading {
  const [whole, lanes, flat] = reply as [number, string, string[]];
  const users = chunksOf(flat, FIELDS).map(userOf);
  return { isWhole: whole === 1, servedLanes: lanes.split(' ').filter((lane) => lane !== ''), users };
}

function userOf(fields: readonly string[]): StuckUser {
  const [userId = '', kind, lane = '', since, headId, headSince, nextDueAt, worker] = fields;
  return {
    userId,
    lane,
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
