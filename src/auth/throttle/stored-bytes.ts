import { Injectable, OnModuleDestroy } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { Problem } from '../../common/errors/problem';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { DAY_MS, SECOND_MS } from '../../common/time/units';
import { QueueSettings } from '../../config/settings';
import { EventBus } from '../../events/event-bus';
import { RedisConnection } from '../../stores/redis/redis-connection';
import { limiter } from './limiters';

const KIB = 1024;
const MIB = 1024 * KIB;
/** A user is counted in Redis once a process has seen so much of them: most cost no message at all. */
const COUNTED_BYTES = MIB;
/** Users whose lesser bytes a process remembers: beyond, it forgets who has stored nothing for longest. */
const MOST_REMEMBERED = 10_000;

/**
 * Bounds what a user has stored in a day; retention ends each day's share, so what they keep is bounded, too (docs/limits.md).
 * The count is behind by less than COUNTED_BYTES in each process, and starts again with an empty Redis. An enqueue waits
 * for none of it: it asks what its process knows, and an API process knows it once it has counted the user itself.
 */
@Injectable()
export class StoredBytes implements OnModuleDestroy {
  private readonly log = new EventLog(StoredBytes.name);
  private readonly limit: number;
  private readonly days: RateLimiterAbstract;
  /** Bytes by user that are not counted in Redis yet; who has stored nothing for longest comes first. */
  private readonly noted = new Map<string, number>();
  /** Users who have stored what they may, and until when: monotonic time. */
  private readonly full = new Map<string, number>();
  private readonly counting = new Set<Promise<void>>();

  constructor(
    events: EventBus,
    redis: RedisConnection,
    private readonly clock: Clock,
    { dailyBytes }: QueueSettings,
  ) {
    this.limit = dailyBytes / KIB;
    this.days = limiter(redis, 'stored-kib', { points: this.limit, seconds: DAY_MS / SECOND_MS });
    if (this.limit > 0) events.on('bytes.stored', ({ userId, bytes }) => this.note(userId, bytes));
  }

  /** Nothing is asked of Redis once it is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.counted();
  }

  /** Why the user may not store more now, if they may not. */
  refusal(userId: string): Problem | undefined {
    const until = this.full.get(userId);
    if (until === undefined) return undefined;
    const leftMs = until - this.clock.monotonic();
    if (leftMs <= 0) {
      this.full.delete(userId);
      return undefined;
    }
    const detail = 'What the queue has stored in a day, payloads and results, is as large as it may be.';
    return new Problem('storage_full', detail, { retryAfterSeconds: leftMs / SECOND_MS });
  }

  /** Resolves when all is counted that has been due. */
  async counted(): Promise<void> {
    await Promise.all(this.counting);
  }

  private note(userId: string, bytes: number): void {
    const noted = (this.noted.get(userId) ?? 0) + bytes;
    this.noted.delete(userId);
    if (noted < COUNTED_BYTES) {
      this.noted.set(userId, noted);
      const [longest] = this.noted.keys();
      if (this.noted.size > MOST_REMEMBERED) this.noted.delete(longest!);
      return;
    }
    const counting = this.count(userId, noted);
    this.counting.add(counting);
    void counting.then(() => this.counting.delete(counting));
  }

  /** Never rejects: what could not be counted is let go, which is in the user's favour. */
  private async count(userId: string, bytes: number): Promise<void> {
    try {
      const { consumedPoints, msBeforeNext } = await this.days.penalty(userId, Math.ceil(bytes / KIB));
      if (consumedPoints >= this.limit) this.full.set(userId, this.clock.monotonic() + msBeforeNext);
    } catch (cause) {
      this.log.write('step.failed', { step: 'count what a user has stored', userId, cause });
    }
  }
}
