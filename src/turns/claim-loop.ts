import { Logger } from '@nestjs/common';
import type { Clock } from '../common/clock';
import { SECOND_MS } from '../common/time';
import type { QueueSettings } from '../config/settings';
import { ShardClosed } from '../queue/scripts/script-runner';
import type { ClaimReply, ShardScripts } from '../queue/scripts/shard-scripts.service';
import { ShardUnavailable } from '../queue/shard-unavailable';
import type { ViewService } from '../queue/view/view.service';
import { claimShare } from './claim-share';
import type { Claimant } from './claimant';
import type { LostReplies } from './hand-back';
import { ServerClock } from './server-clock';

/** A shard is polled this often by all its sleeping workers together, */
const POLL_MS = SECOND_MS;
/** and by each at least so often: who sleeps for more than twice as long is taken for dead (lua/claim.lua). */
const LONGEST_POLL_MS = 30 * SECOND_MS;
/** A shard that is closed, or whose store is away, is asked again after this. */
const CLOSED_MS = 200;

interface ShardState {
  readonly shard: number;
  /** Monotonic time at which it is asked next. */
  nextAt: number;
  /** It did not answer when it was asked last. */
  isAway: boolean;
  /** Not asked since: one that comes while a claim is under way must outlive the claim's reply. */
  woken: boolean;
  readonly clock: ServerClock;
}

/**
 * Asks the shards for users whose turn it is, while the claimant has a free slot. (P5)
 *
 *     free slot -> the shard that is due longest -> claim -> jobs: it is due again at once
 *                                                     `---> none: asleep, until it is woken, polled, or due
 *
 * Shards are taken in rotation, from a random start, each for its share of the free slots, and for eight at least.
 */
export class ClaimLoop {
  private readonly log = new Logger(ClaimLoop.name);
  private readonly shards: ShardState[];
  private running: Promise<void> | undefined;
  private stopped = false;
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly claimant: Claimant,
    private readonly handBack: LostReplies,
    private readonly scripts: ShardScripts,
    private readonly view: ViewService,
    settings: Pick<QueueSettings, 'shards' | 'leaseMs' | 'viewMs'>,
    private readonly clock: Clock,
  ) {
    const first = Math.floor(Math.random() * settings.shards);
    this.shards = Array.from({ length: settings.shards }, (_, i) => ({
      shard: (first + i) % settings.shards,
      nextAt: -Infinity,
      isAway: false,
      woken: false,
      clock: new ServerClock(settings.leaseMs, Math.max(settings.leaseMs, settings.viewMs)),
    }));
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Claims nothing more, and is not to be woken any more. Safe to call twice, and before `start`. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await this.running;
    await Promise.all(this.shards.map((state) => this.claim(state, 0)));
  }

  /** A user of the shard may start. */
  wake(shard: number): void {
    const state = this.shards.find((each) => each.shard === shard);
    if (state) {
      state.nextAt = -Infinity;
      state.woken = true;
    }
    this.wakeUp();
  }

  /** Asks every shard that is due once, as long as slots are free. @returns ms until the next one is due */
  async runOnce(): Promise<number> {
    const due = this.shards.filter(({ nextAt }) => nextAt <= this.clock.monotonic());
    due.sort((a, b) => a.nextAt - b.nextAt);
    for (const [i, state] of due.entries()) {
      if (this.stopped || this.claimant.free <= 0) return Infinity; // a freed slot wakes the loop
      await this.claim(state, claimShare(this.claimant.free, due.length - i));
    }
    return Math.min(...this.shards.map(({ nextAt }) => nextAt)) - this.clock.monotonic();
  }

  private async run(): Promise<void> {
    const stopListening = this.claimant.onFreed(() => this.wakeUp());
    while (!this.stopped) {
      const woken = new Promise<void>((resolve) => (this.wakeUp = resolve));
      const wait = this.claimant.free > 0 ? await this.runOnce() : Infinity;
      this.claimant.passed?.();
      if (this.claimant.free <= 0) await this.passWakesOn();
      if (wait <= 0 && this.claimant.free > 0) continue;
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<void>((resolve) => {
        if (Number.isFinite(wait)) timer = setTimeout(resolve, wait);
      });
      await Promise.race([woken, timeout]);
      clearTimeout(timer);
    }
    stopListening();
  }

  /** Who was woken and has no room leaves the sleepers, and so wakes the next one. (P5) */
  private async passWakesOn(): Promise<void> {
    for (const state of this.shards.filter(({ woken }) => woken)) {
      await this.claim(state, 0);
      state.nextAt = -Infinity; // nobody will wake us there before we ask again
    }
  }

  private async claim(state: ShardState, n: number): Promise<void> {
    const { shard, clock } = state;
    try {
      const permit = this.view.permit(shard);
      try {
        await this.handBack.runIfDue(shard, permit.epoch);
        state.woken = false;
        const sentAt = this.clock.monotonic();
        const reply = await this.scripts.claim(
          shard,
          permit.epoch,
          this.claimant.serving,
          n,
          this.claimant,
          clock.cutoff(sentAt),
        );
        state.isAway = false;
        clock.observe(reply.now, sentAt, this.clock.monotonic());
        state.nextAt = state.woken ? -Infinity : this.nextVisit(reply, sentAt);
        for (const job of reply.jobs) this.claimant.take(job, permit, sentAt);
      } finally {
        permit.release();
      }
    } catch (error) {
      state.nextAt = this.clock.monotonic() + CLOSED_MS;
      if (error instanceof ShardClosed || error instanceof ShardUnavailable) return;
      this.handBack.replyLost(shard);
      // One line an outage: it is asked again many times a second.
      const isKnown = this.shards.some(({ isAway }) => isAway);
      this.log[isKnown ? 'debug' : 'warn'](`shard ${shard} could not be asked: ${String(error)}`);
      state.isAway = true;
    }
  }

  /** With s sleepers each polls every s seconds or so, half a minute at most; and whoever was told of a due time looks then. */
  private nextVisit({ jobs, now, nextDueAt, sleepers }: ClaimReply, sentAt: number): number {
    if (jobs.length > 0) return this.clock.monotonic();
    const share = Math.min(POLL_MS * Math.max(1, sleepers), LONGEST_POLL_MS);
    const poll = share * (0.75 + Math.random() / 2);
    const due = nextDueAt === undefined ? Infinity : Math.max(1, nextDueAt - now);
    return sentAt + Math.min(poll, due);
  }
}
