/**
 * A shard as it should be: plain data, no clock. Every time in it is either past or an hour ahead, so that what a
 * script answers can be foretold exactly.
 */
/** Bytes of a payload up to which it does not count. */
export const SMALL = 1024;

export type LookUp = 0 | 1 | 2 | 3;

export interface ModelJob {
  readonly id: string;
  readonly seq: number;
  readonly lane: string;
  readonly payload: string;
  /** Scheduled for an hour ahead: stands in `delayed`. */
  readonly isLater: boolean;
  /** Which of the scheduled ones, from 1, has fallen due; 0: not yet. */
  due: number;
  /** Unconfirmed; `ends`: its hold has ended, so that it may be given out to be looked up. */
  held: 'no' | 'stands' | 'ends';
  lookUp: LookUp;
  attemptsMade: number;
  /** A failed attempt's backoff has not ended. */
  backsOff: boolean;
  /** It was given out before, and is not waiting for a retry: its lease was lost, or it was handed back. */
  wasGiven: boolean;
  /** It was running, and its user wants it no more. */
  isCancelled: boolean;
  /** It was confirmed while it was given out. */
  again: boolean;
}

export interface ModelLease {
  readonly job: ModelJob;
  readonly token: number;
  readonly worker: string;
  /** Its time was over when it was given. */
  readonly hasEnded: boolean;
  /** Of an external worker's attempt: it goes to the attempt's time limit. */
  readonly isLimited: boolean;
  /** The user's rate has counted it as a start. */
  readonly isCounted: boolean;
}

/** Starts that a user may have: any, one an hour, or one a microsecond. */
export type Rate = 'none' | 'slow' | 'fast';

export class ModelUser {
  /** Whatever is pending and not running, the next one first, but for those scheduled for later. */
  readonly waiting: ModelJob[] = [];
  readonly later: ModelJob[] = [];
  lease: ModelLease | undefined;
  /** A part of it is lost, and nothing may start. */
  isBroken = false;
  paused = false;
  version = 0;
  rate: Rate = 'none';
  /** The slow rate has counted a start. */
  isSpent = false;
  halted = 0;
  released = 0;
  /** Up to this seq every request is looked up. */
  lookUp = 0;

  constructor(readonly id: string) {}

  /** Those scheduled hold nobody back before they are due; then the order is by seq. */
  get head(): ModelJob | undefined {
    const [first] = this.waiting;
    const [scheduled] = this.later;
    if (!first || !scheduled || hasStarted(first)) return first ?? scheduled;
    return scheduled.due > 0 && scheduled.seq < first.seq ? scheduled : first;
  }

  get pending(): ModelJob[] {
    return [...(this.lease ? [this.lease.job] : []), ...this.waiting, ...this.later];
  }

  /** Bytes of all payloads that are not small. */
  get weight(): number {
    const sizes = this.pending.map(({ payload }) => payload.length);
    return sizes.filter((bytes) => bytes > SMALL).reduce((sum, bytes) => sum + bytes, 0);
  }

  find(id: string): ModelJob | undefined {
    return this.pending.find((job) => job.id === id);
  }

  /** Whether the head may start now, if nobody has the user leased. */
  get mayStart(): boolean {
    const { head } = this;
    if (!head || this.isBroken || this.paused || this.halted > 0 || this.isSpent) return false;
    return this.isInLine(head) && head.held !== 'stands' && !head.backsOff;
  }

  /** Not, or no longer, waiting for its time. */
  private isInLine(job: ModelJob): boolean {
    return !this.later.includes(job) || job.due > 0;
  }

  /** By seq, behind one that has started; a scheduled one by its time. */
  place(job: ModelJob): void {
    if (job.isLater) {
      this.later.push(job);
      this.sortLater();
      return;
    }
    const at = this.waiting.findIndex((other) => !hasStarted(other) && other.seq > job.seq);
    this.waiting.splice(at < 0 ? this.waiting.length : at, 0, job);
  }

  sortLater(): void {
    this.later.sort((a, b) => (a.due || Infinity) - (b.due || Infinity) || a.seq - b.seq);
  }

  remove(id: string): void {
    for (const jobs of [this.waiting, this.later]) {
      const at = jobs.findIndex((job) => job.id === id);
      if (at >= 0) jobs.splice(at, 1);
    }
    this.settleDown();
  }

  /** The mark of a purge goes with the last request. */
  settleDown(): void {
    if (this.pending.length === 0) this.lookUp = 0;
  }

  /** Leases the head. @returns what the worker is told of `lookUp` */
  give(
    token: number,
    worker: string,
    { hasEnded, isLimited, isJudged }: { hasEnded: boolean; isLimited: boolean; isJudged: boolean },
  ): LookUp {
    const job = this.head!;
    let { lookUp } = job;
    if (job.held !== 'no' && lookUp === 0) lookUp = 1;
    if (this.lookUp > 0) {
      if (job.seq > this.lookUp) this.lookUp = 0;
      else if (lookUp === 0) lookUp = 1;
    }
    this[job === this.later[0] ? 'later' : 'waiting'].shift();
    job.held = 'no';
    job.lookUp = 0;
    job.wasGiven = true;
    const isCounted = this.rate === 'slow' && !isJudged;
    if (isCounted) this.isSpent = true;
    this.lease = { job, token, worker, hasEnded, isLimited, isCounted };
    return lookUp;
  }

  /** A slow rate that stays keeps what it has counted; nothing of a fast one is left by the next call. */
  limit(rate: Rate): void {
    if (rate !== 'slow' || this.rate !== 'slow') this.isSpent = false;
    this.rate = rate;
  }

  /** The running one returns to the head. */
  takeBack(lookUp: LookUp): void {
    const { job } = this.lease!;
    this.lease = undefined;
    if (lookUp > 0) job.lookUp = lookUp;
    this.waiting.unshift(job);
  }
}

export const hasStarted = (job: ModelJob): boolean => job.wasGiven || job.attemptsMade > 0;

/** A request that is over: it may be put back. */
export interface Ended {
  readonly id: string;
  readonly seq: number;
  readonly lane: string;
  readonly payload: string;
}

export class ShardModel {
  readonly users: ReadonlyMap<string, ModelUser>;
  epoch = 1;
  /** Whether the scripts serve this epoch. */
  isOpen = true;
  lastToken = 0;
  readonly ended = new Map<string, Ended[]>();
  /** The one time that requests are scheduled for, ms. */
  readonly laterAt = Date.now() + 3_600_000;
  lastSeq = 0;
  /** How many scheduled requests have fallen due. */
  dues = 0;
  /** The longest lease given since the shard was opened, ms. */
  longestLeaseMs = 0;
  ids = 0;

  constructor(userIds: readonly string[]) {
    this.users = new Map(userIds.map((id) => [id, new ModelUser(id)]));
  }

  user(id: string): ModelUser {
    return this.users.get(id)!;
  }

  get all(): ModelUser[] {
    return [...this.users.values()];
  }
}
