import { Injectable } from '@nestjs/common';
import { Coalescer } from '../../common/flow/coalescer';
import { EventBus } from '../../events/event-bus';
import { GivenJob, readGivenJobs } from './given-job';
import { ScriptName, ScriptRunner, ShardClosed } from './script-runner';

/** Items that travel together in one call: about half a millisecond of Redis. A batch is a call of its own. */
const MAX_ITEMS = 32;

type Args = readonly (string | number)[];

interface Call {
  readonly epoch: number;
  readonly args: Args;
}

/** Of one item of lua/hold.lua: its seq, position, and the time it is scheduled for; or why it has none. */
export type HoldItemReply = 'FULL' | 'BUSY' | [string, string, string];

export interface ClaimReply {
  /** The shard's time, ms. */
  readonly now: number;
  /** When the next user may start, ms: past if one waits; undefined if none will, or another worker was told to come then. */
  readonly nextDueAt: number | undefined;
  /** The longest lease that was given on the shard since it was opened, ms. */
  readonly longestLeaseMs: number;
  /** Workers to whom this shard has shown nobody who waits. */
  readonly sleepers: number;
  readonly jobs: readonly GivenJob[];
}

/** Who asks for requests. */
export interface ServingWorker {
  readonly name: string;
  /** The lanes that it serves, as `laneWords` writes them. */
  readonly lanes: string;
}

export interface SettleItem {
  readonly userId: string;
  readonly requestId: string;
  readonly token: number;
  readonly op: 'done' | 'retry' | 'recheck' | 'back';
  readonly attemptsMade: number;
  /** ms since 1970 */
  readonly notBefore: number;
  /** When the wait until `notBefore` began, by the same clock. */
  readonly since?: number | undefined;
  /** The fencing token under which it failed, if its failure halts the queue. */
  readonly halting?: number | undefined;
  /** What listeners are told of a request that is done. */
  readonly ended?: 'succeeded' | 'failed' | 'cancelled' | undefined;
  /** Nothing was started under this lease: the user's rate counts no start. */
  readonly isUnused?: boolean | undefined;
  /** Whether the user's next is wanted: at once, only if nobody else may start, or not. */
  readonly want: 'next' | 'next_if_alone' | 'nothing';
}

export type SettleReply =
  { readonly outcome: 'settled'; readonly next: GivenJob | undefined } | { readonly outcome: 'lost' };

/** An attempt of an external worker, as lua/extend.lua asks for it. Times in ms. */
export interface LeaseExtension {
  readonly userId: string;
  readonly requestId: string;
  readonly token: number;
  readonly leaseMs: number;
  /** What the lease lasts in Redis beyond what its holder is told. */
  readonly graceMs: number;
  /** What the attempt may take in all. */
  readonly limitMs: number;
}

/** A lease that was extended; times by the shard's clock, ms. */
export interface ExtendedLease {
  readonly now: number;
  readonly leaseMs: number;
  readonly startedAt: number;
  readonly attemptsMade: number;
  readonly worker: string;
}

const WANT = { nothing: 0, next: 1, next_if_alone: 2 } as const;

/**
 * The scripts that run under an epoch, typed. Items of one shard are coalesced: a call goes out at once when none of
 * its kind is in flight for the shard, else the item joins the next call. A closed shard is announced once a call.
 */
@Injectable()
export class ShardScripts {
  private readonly coalescers = new Map<string, Coalescer<Call, unknown>>();

  constructor(
    private readonly scripts: ScriptRunner,
    private readonly events: EventBus,
  ) {}

  /** An item of lua/hold.lua. @throws ShardClosed */
  hold(
    shard: number,
    epoch: number,
    holdMs: number,
    item: Args,
  ): Promise<{ now: number; clock: number; reply: HoldItemReply }> {
    return this.push('hold', shard, { epoch, args: item }, [holdMs], readHolds);
  }

  /** Items of lua/hold.lua in one call, so that no stranger comes between neighbours. @throws ShardClosed */
  async holdAll(
    shard: number,
    epoch: number,
    holdMs: number,
    items: readonly Args[],
  ): Promise<{ now: number; clock: number; replies: HoldItemReply[] }> {
    const reply = await this.call('hold', shard, epoch, [holdMs, ...items.flat()]);
    const [now, replies, clock] = reply as [string, HoldItemReply[], string];
    return { now: Number(now), clock: Number(clock), replies };
  }

  /** An item of lua/confirm.lua. @throws ShardClosed */
  confirm(shard: number, epoch: number, item: Args): Promise<'OK' | 'GONE'> {
    return this.push('confirm', shard, { epoch, args: item }, [], (reply) => reply as ('OK' | 'GONE')[]);
  }

  /** An item of lua/cancel.lua. @throws ShardClosed */
  cancel(shard: number, epoch: number, item: Args): Promise<'WAITING' | 'ACTIVE' | 'GONE'> {
    type Codes = ('WAITING' | 'ACTIVE' | 'GONE')[];
    return this.push('cancel', shard, { epoch, args: item }, [], (reply) => reply as Codes);
  }

  /** Ends an attempt and passes the turn on. @throws ShardClosed */
  settle(
    shard: number,
    epoch: number,
    worker: ServingWorker,
    leaseMs: number,
    item: SettleItem,
  ): Promise<SettleReply> {
    const { userId, requestId, token, op, attemptsMade, notBefore, halting = 0, ended = '' } = item;
    const { isUnused = false, want, since = 0 } = item;
    const attempt = [userId, requestId, token, op, attemptsMade, notBefore, halting, ended];
    const args = [...attempt, isUnused ? 1 : 0, WANT[want], since];
    const common = [worker.name, leaseMs, worker.lanes];
    return this.push('settle', shard, { epoch, args }, common, (reply, calls) =>
      readSettles(shard, reply, calls),
    );
  }

  /**
   * Asks for up to `n` users of a shard; lua/claim.lua says what `graceMs` is.
   * @param patienceMs who has waited for less long is not given @throws ShardClosed
   */
  async claim(
    shard: number,
    epoch: number,
    worker: ServingWorker,
    n: number,
    lease: { readonly leaseMs: number; readonly graceMs?: number },
    cutoff: number,
    patienceMs = 0,
  ): Promise<ClaimReply> {
    const { leaseMs, graceMs = '' } = lease;
    const args: Args = [worker.name, n, leaseMs, cutoff, worker.lanes, graceMs, Math.floor(patienceMs)];
    const reply = await this.call('claim', shard, epoch, args);
    const [now, due, longest, sleepers, flat] = reply as [string, string, string, number, string[]];
    return {
      now: Number(now),
      nextDueAt: momentOf(due),
      longestLeaseMs: Number(longest),
      sleepers,
      jobs: readGivenJobs(shard, Number(now), flat),
    };
  }

  /** Extends leases. @returns users whose lease is somebody else's, or whose request was cancelled. @throws ShardClosed */
  async renew(
    shard: number,
    epoch: number,
    leaseMs: number,
    leases: readonly { userId: string; token: number }[],
  ): Promise<{ lost: string[]; cancelled: string[] }> {
    const args = leases.flatMap(({ userId, token }) => [userId, token]);
    const reply = await this.call('renew', shard, epoch, [leaseMs, ...args]);
    const [, lost, cancelled] = reply as [string, string[], string[]];
    return { lost, cancelled };
  }

  /** Extends the lease of an external worker's attempt. @returns undefined if it is lost. @throws ShardClosed */
  async extend(shard: number, epoch: number, attempt: LeaseExtension): Promise<ExtendedLease | undefined> {
    const { userId, requestId, token, leaseMs, graceMs, limitMs } = attempt;
    const args = [userId, requestId, token, leaseMs, graceMs, limitMs];
    const reply = await this.call('extend', shard, epoch, args);
    if (reply === 'LOST') return undefined;
    const [now, granted, startedAt, attemptsMade, worker] = reply as [string, string, string, string, string];
    return {
      now: Number(now),
      leaseMs: Number(granted),
      startedAt: Number(startedAt),
      attemptsMade: Number(attemptsMade),
      worker,
    };
  }

  /** The leases of a worker, as Redis has them. @throws ShardClosed */
  async owned(
    shard: number,
    epoch: number,
    worker: string,
  ): Promise<{ userId: string; token: number; requestId: string }[]> {
    const flat = (await this.call('owned', shard, epoch, [worker])) as string[];
    return Array.from({ length: flat.length / 3 }, (_, i) => ({
      userId: flat[i * 3]!,
      token: Number(flat[i * 3 + 1]),
      requestId: flat[i * 3 + 2]!,
    }));
  }

  /** One call of a script that is not coalesced. A closed shard is announced. @throws ShardClosed */
  async call(name: ScriptName, shard: number, epoch: number, args: Args): Promise<unknown> {
    try {
      return await this.scripts.run(name, shard, epoch, args);
    } catch (error) {
      if (error instanceof ShardClosed) this.events.emit('shard.closed', { shard, epoch });
      throw error;
    }
  }

  /** `common` are the arguments before the items: only items that have them in common share a call. */
  private push<T>(
    name: ScriptName,
    shard: number,
    call: Call,
    common: Args,
    read: (reply: unknown, calls: readonly Call[]) => T[],
  ): Promise<T> {
    const key = [name, shard, ...common].join(' ');
    let coalescer = this.coalescers.get(key);
    if (!coalescer) {
      coalescer = new Coalescer<Call, unknown>({
        maxBatch: MAX_ITEMS,
        maxInFlight: 1,
        run: (calls) => this.runBatch(name, shard, common, calls, read),
      });
      this.coalescers.set(key, coalescer);
    }
    return coalescer.push(call) as Promise<T>;
  }

  /** One call is of one epoch: what was begun under an older one than the newest is closed already. (P1, P3) */
  private async runBatch<T>(
    name: ScriptName,
    shard: number,
    common: Args,
    calls: readonly Call[],
    read: (reply: unknown, calls: readonly Call[]) => T[],
  ): Promise<(T | ShardClosed)[]> {
    const epoch = Math.max(...calls.map((call) => call.epoch));
    const current = calls.filter((call) => call.epoch === epoch);
    const reply = await this.call(name, shard, epoch, common.concat(...current.map((call) => call.args)));
    const results = read(reply, current);
    if (current.length === calls.length) return results;
    const ofCurrent = results.values();
    return calls.map((call) =>
      call.epoch === epoch ? ofCurrent.next().value! : new ShardClosed(shard, call.epoch),
    );
  }
}

function readHolds(reply: unknown): { now: number; clock: number; reply: HoldItemReply }[] {
  const [now, replies, clock] = reply as [string, HoldItemReply[], string];
  const times = { now: Number(now), clock: Number(clock) };
  return replies.map((each) => ({ ...times, reply: each }));
}

function readSettles(shard: number, reply: unknown, calls: readonly Call[]): SettleReply[] {
  const [now, codes, flat] = reply as [string, ('OK' | 'LOST')[], string[]];
  const next = new Map(readGivenJobs(shard, Number(now), flat).map((job) => [job.userId, job]));
  return codes.map((code, i) =>
    code === 'LOST' ? { outcome: 'lost' } : { outcome: 'settled', next: next.get(String(calls[i]!.args[0])) },
  );
}

const momentOf = (text: string): number | undefined => {
  const moment = Number(text === '' || text === 'inf' ? NaN : text);
  return Number.isNaN(moment) ? undefined : moment;
};
