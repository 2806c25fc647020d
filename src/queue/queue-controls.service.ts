import { Injectable } from '@nestjs/common';
import { MAIN_LANE } from '../config/lanes';
import type { Permit } from './epochs/permit';
import { QueueControl, settingsArgs } from './queue-control';
import { ScriptName } from './scripts/script-runner';
import { ShardScripts } from './scripts/shard-scripts.service';
import { availably } from './shard-unavailable';

/**
 * The boundary of a purge: a waiting request with a seq up to it is included, and looked up before it runs. (P1)
 */
export interface PurgeMark {
  /** The shard's time, ms. */
  readonly now: number;
  /** The last seq of the shard. Requests that are accepted or scheduled later have a higher one. */
  readonly lastSeq: number;
  /** The request that is running, if one is. */
  readonly activeId: string | undefined;
  /** A new fencing token: no waiting request has a higher one, and all that start later do. */
  readonly lastToken: number;
}

/** A place in a user's queue. */
export interface WaitingPlace {
  readonly requestId: string;
  readonly seq: number;
  /** It was held, and was neither confirmed nor given up in time. */
  readonly hasExpired: boolean;
}

const PLACE_FIELDS = 3;
const placeOf = (flat: readonly string[], at: number): WaitingPlace => ({
  requestId: flat[at]!,
  seq: Number(flat[at + 1]),
  hasExpired: flat[at + 2] === '1',
});

/** Blocked users looked at in one call. */
const LOOK = 200;
/** Places read in one call. */
const PAGE = 500;

/** Stops and limits users' queues in Redis, after MongoDB has recorded it. */
@Injectable()
export class QueueControls {
  constructor(private readonly scripts: ShardScripts) {}

  /** Applies a user's settings, unless newer ones are in force. @throws ShardUnavailable */
  async apply(permit: Permit, control: QueueControl): Promise<void> {
    await this.call('apply_settings', permit, [control.userId, ...settingsArgs(control)]);
  }

  /**
   * Lifts a halt that this attempt, or an earlier one, has caused. A later halt stays.
   * @param token fencing token of the attempt that failed
   * @throws ShardUnavailable
   */
  async liftHalt(permit: Permit, userId: string, token: number): Promise<void> {
    await this.call('lift_halt', permit, [userId, token]);
  }

  /** Makes workers look up everything that waits before it runs. @throws ShardUnavailable */
  async beginPurge(permit: Permit, userId: string): Promise<PurgeMark> {
    const reply = (await this.call('begin_purge', permit, [userId])) as string[];
    const [now, active = '', lastToken, lastSeq] = reply;
    const numbers = { now: Number(now), lastToken: Number(lastToken), lastSeq: Number(lastSeq) };
    return { ...numbers, activeId: active === '' ? undefined : active };
  }

  /**
   * Everything a user has pending besides the running request, in pages: first what is scheduled, because that can only
   * move on to the others, and then the others, next first. None is missed because others leave meanwhile.
   * @param size of a page @throws ShardUnavailable
   */
  async *waiting(permit: Permit, userId: string, size = PAGE): AsyncIterable<readonly WaitingPlace[]> {
    for (const list of ['delayed', 'wait'])
      for (let from = '0'; from !== '';) {
        const reply = (await this.call('list_waiting', permit, [userId, list, from, size])) as string[];
        const [next = '', ...flat] = reply;
        yield Array.from({ length: flat.length / PLACE_FIELDS }, (_, i) => placeOf(flat, i * PLACE_FIELDS));
        from = next;
      }
  }

  /**
   * The users of a shard whose queue is stopped with something pending, except paused ones: the token that halts it;
   * no token if nothing stops it, because the queue is broken. @throws ShardUnavailable
   */
  async *stopped(
    permit: Permit,
  ): AsyncIterable<{ readonly userId: string; readonly halting: number | undefined }[]> {
    const lanes = new Set([MAIN_LANE]);
    for (const lane of lanes)
      for (let from = 0; from >= 0;) {
        const reply = await this.call('list_stopped', permit, [lane, from, LOOK]);
        const [next, others, ...flat] = reply as [number, string, ...string[]];
        for (const other of others.split(' ')) if (other !== '') lanes.add(other);
        const users = flat.filter((_, i) => i % 2 === 0);
        yield users.map((userId, i) => ({ userId, halting: Number(flat[2 * i + 1]) || undefined }));
        from = next;
      }
  }

  private call(name: ScriptName, permit: Permit, args: readonly (string | number)[]): Promise<unknown> {
    return availably(this.scripts.call(name, permit.shard, permit.epoch, args));
  }
}
