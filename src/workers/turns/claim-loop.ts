import { EventLog } from '../../common/log/event-log';
import type { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { ShardClosed } from '../../queue/scripts/script-runner';
import type { ClaimReply } from '../../queue/scripts/claim';
import type { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import { ShardUnavailable } from '../../queue/shard-unavailable';
import type { EpochView } from '../../queue/epochs/epoch-view.service';
import { permitted } from '../../queue/epochs/permit';
import type { Claimant } from './claimant';
import type { DueShards, ShardState } from './due-shards';
import type { LostReplies } from './hand-back';

/** The sleeping workers of a shard together poll it at this interval. */
const POLL_MS = SECOND_MS;
/**
 * Longest interval at which each of them polls. One that sleeps for more than twice as long counts as dead
 * (lua/claim.lua).
 */
const LONGEST_POLL_MS = 30 * SECOND_MS;
/**
 * A claim also takes users who began to wait later than the first user of the next shard, but at most this much later,
 * ms, or an eighth of that user's wait. Without this each claim would take one user.
 */
const slackMs = (waitedMs: number) => Math.max(20, waitedMs / 8);
/** Wait before a shard is tried again that is closed or whose store is away, ms. */
const CLOSED_MS = 200;

/**
 * Claims due users from the shards while the claimant has a free slot. (P5)
 *
 *     free slot -> the shard whose user waits longest -> claim -> users are left: due since they wait
 *                                                          `---> none are left: asleep, until woken, polled, or due
 *
 * So the slots go to users in the order of their waiting, over all shards: a merge by waiting time. What this process
 * knows about a shard may be too early, because others serve it too; then the claim returns no user, but the true
 * time. Shards that are due since the same moment, such as polls, are asked at once.
 */
export class ClaimLoop {
  private readonly log = new EventLog(ClaimLoop.name);
  private running: Promise<void> | undefined;
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  /** Polls of all shards fall on one beat of the process, so that an idle process wakes once for all of them. */
  private readonly beatAt = Math.random() * POLL_MS;

  constructor(
    private readonly claimant: Claimant,
    private readonly handBack: LostReplies,
    private readonly scripts: ShardScripts,
    private readonly view: EpochView,
    private readonly shards: DueShards,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Stops claiming, and ignores wake-ups from now on. Safe to call twice, and before `start`. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await this.running;
    await Promise.all(this.shards.all.map((state) => this.claim(state, 0)));
  }

  /** A user of the shard may start. */
  wake(shard: number): void {
    this.shards.wake(shard, this.clock.monotonic());
    this.wakeUp();
  }

  /** Claims from the shards that are due, as long as slots are free. @returns ms until the next one is due */
  async runOnce(): Promise<number> {
    for (;;) {
      const now = this.clock.monotonic();
      const due = this.shards.due(now);
      const [first] = due;
      if (!first) return this.shards.nextAt - now;
      const { free } = this.claimant;
      if (this.stopped || free <= 0) return Infinity; // a freed slot wakes the loop
      const together = due.filter(({ dueAt }) => dueAt === first.dueAt).slice(0, free);
      const next = due[together.length];
      const waitedMs = next ? now - next.dueAt : 0;
      const patienceMs = Math.max(0, waitedMs - slackMs(waitedMs));
      const n = Math.min(claimShare(free, due.length), Math.floor(free / together.length));
      await Promise.all(together.map((state) => this.claim(state, n, patienceMs)));
    }
  }

  private async run(): Promise<void> {
    const stopListening = this.claimant.onFreed(() => this.wakeUp());
    while (!this.stopped) {
      const woken = new Promise<void>((resolve) => (this.wakeUp = resolve));
      const wait = this.claimant.free > 0 ? await this.runOnce() : Infinity;
      this.claimant.passed?.();
      if (this.claimant.free <= 0) await this.passWakesOn();
      const look = await this.handBackLost();
      if (wait <= 0 && this.claimant.free > 0) continue;
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        const ms = Math.min(wait, look);
        if (Number.isFinite(ms)) timer = setTimeout(resolve, ms);
      });
      await Promise.race([woken, timeout]);
      clearTimeout(timer);
    }
    stopListening();
  }

  /**
   * A worker that was woken but has no free slot leaves the sleepers, and so wakes the next one. The shard stays due
   * here. (P5)
   */
  private async passWakesOn(): Promise<void> {
    for (const state of this.shards.all) if (state.wokenAt !== undefined) await this.claim(state, 0);
  }

  /**
   * Hands leases of lost replies back, however few slots are free: until then no worker can serve their users. (P5)
   * @returns ms until the next look
   */
  private async handBackLost(): Promise<number> {
    const lookAt = ({ shard }: ShardState) => this.handBack.lookAt(shard);
    const look = async ({ shard }: ShardState) =>
      permitted(this.view.permit(shard), ({ epoch }) => this.handBack.runIfDue(shard, epoch));
    const now = this.clock.monotonic();
    const looks = await Promise.allSettled(this.shards.all.filter((state) => lookAt(state) <= now).map(look));
    // A closed shard, or one whose store is away, is tried again later, and does not block the others.
    if (looks.some(({ status }) => status === 'rejected')) return CLOSED_MS;
    return Math.max(0, Math.min(...this.shards.all.map(lookAt)) - this.clock.monotonic());
  }

  private async claim(state: ShardState, n: number, patienceMs = 0): Promise<void> {
    const { shard, clock } = state;
    try {
      const permit = this.view.permit(shard);
      try {
        state.wokenAt = undefined;
        const sentAt = this.clock.monotonic();
        const { serving: worker, leaseMs, graceMs } = this.claimant;
        const cutoff = clock.cutoff(permit.epoch, sentAt);
        const item = { worker, n, leaseMs, graceMs, cutoff, patienceMs };
        const reply = await this.scripts.claim(shard, permit.epoch, item);
        clock.observe(reply, permit.epoch, sentAt, this.clock.monotonic());
        if (n > 0) state.dueAt = Math.min(this.nextVisit(reply, sentAt), state.wokenAt ?? Infinity);
        for (const job of reply.jobs) this.claimant.take(job, permit, sentAt);
      } finally {
        permit.release();
      }
    } catch (error) {
      state.dueAt = this.clock.monotonic() + CLOSED_MS;
      if (error instanceof ShardClosed || error instanceof ShardUnavailable) return;
      this.handBack.replyLost(shard);
      this.log.write('step.failed', { step: 'ask for due users', shard, cause: error });
    }
  }

  /**
   * When the first remaining user began to wait, or when one will be due; otherwise a poll: with s sleepers each polls
   * about every s seconds, at most every half minute. The shard's clock measures how long a user has waited; this
   * process's clock converts that to a time, so that shards can be compared whatever their servers' clocks show.
   */
  private nextVisit({ now, nextDueAt, sleepers }: ClaimReply, sentAt: number): number {
    const share = Math.min(POLL_MS * Math.max(1, sleepers), LONGEST_POLL_MS);
    const poll = this.nearestBeat(sentAt + share * (0.75 + Math.random() / 2));
    return nextDueAt === undefined ? poll : Math.min(poll, sentAt + nextDueAt - now);
  }

  private nearestBeat(at: number): number {
    return Math.round((at - this.beatAt) / POLL_MS) * POLL_MS + this.beatAt;
  }
}

/** Users that one call claims if that many slots are free: a call costs about as much as four leased users. */
const WORTH_A_CALL = 8;

/**
 * How many users to claim from a shard. @param shards how many shards are left to try for the free slots, including
 * this one
 */
export const claimShare = (free: number, shards: number): number =>
  Math.min(free, Math.max(WORTH_A_CALL, Math.ceil(free / shards)));
