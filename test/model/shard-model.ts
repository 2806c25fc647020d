/**
 * The expected state of a shard: plain data without a clock. Every time in it is either past or an hour ahead, so that the
 * model can predict exactly what a script answers.
 */
/** Payloads of up to this many bytes do not count. */
export const SMALL = 1024;

export type LookUp = 0 | 1 | 2 | 3;

/** An attempt, as the job knows it. */
export interface ModelAttempt {
  readonly worker: string;
  /** Its token, if it was looked up first. */
  readonly lookUpToken: number | undefined;
}

/** An attempt whose lease has ended. */
export interface ModelLoss extends ModelAttempt {
  readonly isTimedOut: boolean;
}

/** Redis forgets losses beyond this many bytes. */
const LOST_BYTES = 1000;
/** Bytes of the losses, a line each: the mark, the start (13 digits), the token and the worker. */
const bytesOf = (losses: readonly ModelLoss[]) =>
  losses.reduce(
    (sum, { lookUpToken = '', worker }) => sum + `2 ${'0'.repeat(13)} ${lookUpToken} ${worker}\n`.length,
    0,
  );

export interface ModelJob {
  readonly id: string;
  readonly seq: number;
  readonly lane: string;
  readonly payload: string;
  /** Scheduled for an hour ahead: in `delayed`. */
  readonly isLater: boolean;
  /** Position among the scheduled requests that are due, from 1; 0: not due yet. */
  due: number;
  /** Unconfirmed; `ends`: its hold has ended, so that it may be leased for a look-up. */
  held: 'no' | 'stands' | 'ends';
  lookUp: LookUp;
  attemptsMade: number;
  /** The backoff of a failed attempt has not ended. */
  backsOff: boolean;
  /** It was leased before, and is not waiting for a retry: its lease was lost, or it was handed back. */
  wasGiven: boolean;
  /** The token of its first lease, unless that was handed back unused. */
  first?: number | undefined;
  /** It was running when its user cancelled it. */
  isCancelled: boolean;
  /** It was confirmed while it was leased, since its last look-up. */
  again: boolean;
  /** The attempt that began last, unless it is waiting for a retry. */
  last?: ModelAttempt | undefined;
  /** What that one got to tell MongoDB, the latest last. */
  losses?: readonly ModelLoss[];
}

export interface ModelLease {
  readonly job: ModelJob;
  readonly token: number;
  readonly worker: string;
  /** It had already ended when it was given. */
  readonly hasEnded: boolean;
  /** The lease of an external worker that ends with the attempt's time limit. */
  readonly isLimited: boolean;
  /** The user's rate has counted it as a start. */
  readonly isCounted: boolean;
}

/** The rate of a user: unlimited, one start an hour, or one a microsecond. */
export type Rate = 'none' | 'slow' | 'fast';

export class ModelUser {
  /** All pending requests that are neither running nor scheduled, the next one first. */
  readonly waiting: ModelJob[] = [];
  readonly later: ModelJob[] = [];
  lease: ModelLease | undefined;
  /** A part is lost, and nothing may start. */
  isBroken = false;
  paused = false;
  version = 0;
  rate: Rate = 'none';
  /** The slow rate has counted a start. */
  isSpent = false;
  halted = 0;
  released = 0;
  /** All requests up to this seq are looked up. */
  lookUp = 0;

  constructor(readonly id: string) {}

  /** A scheduled request delays no other before it is due; then the order is by seq. */
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

  /** Whether the head may start now if the user has no lease. */
  get mayStart(): boolean {
    const { head } = this;
    if (!head || this.isBroken || this.paused || this.halted > 0 || this.isSpent) return false;
    return this.isInLine(head) && head.held !== 'stands' && !head.backsOff;
  }

  /** Whether it is not, or no longer, waiting for its time. */
  private isInLine(job: ModelJob): boolean {
    return !this.later.includes(job) || job.due > 0;
  }

  /** Inserts by seq, behind a started request; a scheduled request by its time. */
  place(job: ModelJob): void {
    if (job.isLater) {
      this.later.push(job);
      this.sortLater();
      return;
    }
    this.placeInLine(job);
  }

  private placeInLine(job: ModelJob): void {
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

  /** The mark of a purge is removed with the last request. */
  settleDown(): void {
    if (this.pending.length === 0) this.lookUp = 0;
  }

  /** Leases the head. @returns the `lookUp` that the worker gets */
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
    const { last } = job;
    let earlier = last?.lookUpToken === undefined ? [] : (job.losses ?? []);
    if (bytesOf(earlier) > LOST_BYTES) earlier = earlier.slice(0, 1);
    job.losses = lookUp > 1 ? [...earlier, { isTimedOut: lookUp === 3, ...last! }] : [];
    job.last = { worker, lookUpToken: lookUp > 0 ? token : undefined };
    job.held = 'no';
    if (!hasStarted(job)) job.first = token;
    if (job.lookUp > 0) job.again = false;
    job.lookUp = 0;
    job.wasGiven = true;
    const isCounted = this.rate === 'slow' && !isJudged;
    if (isCounted) this.isSpent = true;
    this.lease = { job, token, worker, hasEnded, isLimited, isCounted };
    return lookUp;
  }

  /** A slow rate that stays keeps its count; by the next call a fast one has no count left. */
  limit(rate: Rate): void {
    if (rate !== 'slow' || this.rate !== 'slow') this.isSpent = false;
    this.rate = rate;
  }

  /** Puts the losses back that a worker got to look up, and has not. */
  putLossBack(job: ModelJob): void {
    const loss = job.losses?.at(-1);
    if (!loss) return;
    const { isTimedOut, ...last } = loss;
    Object.assign(job, { lookUp: isTimedOut ? 3 : 2, last, losses: job.losses!.slice(0, -1) });
  }

  /** Returns the running request to the head, or to its place by seq if this shows that it has never started. */
  takeBack(lookUp: LookUp, isUnused = false): void {
    const { job, token } = this.lease!;
    this.lease = undefined;
    if (lookUp > 0) job.lookUp = lookUp;
    if (!isUnused || job.first !== token) this.waiting.unshift(job);
    else {
      Object.assign(job, { wasGiven: false, first: undefined });
      this.placeInLine(job);
    }
  }
}

export const hasStarted = (job: ModelJob): boolean => job.wasGiven || job.attemptsMade > 0;

/** A request that has ended: it may be put back. */
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
  /** The one time for which requests are scheduled, ms. */
  readonly laterAt = Date.now() + 3_600_000;
  lastSeq = 0;
  /** How many scheduled requests have become due. */
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
