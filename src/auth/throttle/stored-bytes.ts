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
/** A process counts a user in Redis once it has seen this many bytes, so that most users cost no Redis call. */
const COUNTED_BYTES = MIB;
/**
 * Most users with uncounted bytes that a process remembers. Beyond that it forgets the user who stored nothing for
 * longest.
 */
const MOST_REMEMBERED = 10_000;

/**
 * Limits what a user stores in a day. Retention ends each day's share, so the total that a user keeps is limited too
 * (docs/limits.md). In each process the count lags by less than COUNTED_BYTES; it restarts with an empty Redis. An
 * enqueue never waits for Redis here: it asks what its process knows, and an API process knows that a user is full once
 * it has counted that user itself.
 */
@Injectable()
export class StoredBytes implements OnModuleDestroy {
  private readonly log = new EventLog(StoredBytes.name);
  private readonly limit: number;
  private readonly days: RateLimiterAbstract;
  /** Bytes by user that Redis does not count yet. The user who stored nothing for longest comes first. */
  private readonly noted = new Map<string, number>();
  /** Users at their limit, and until when: monotonic time. */
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

  /** Waits for pending counts, so that none is sent after Redis is closed. */
  async onModuleDestroy(): Promise<void> {
    await this.counted();
  }

  /** Why the user may not store more now; undefined if they may. */
  refusal(userId: string): Problem | undefined {
    const until = this.full.get(userId);
    if (until === undefined) return undefined;
    const leftMs = until - this.clock.monotonic();
    if (leftMs <= 0) {
      this.full.delete(userId);
      return undefined;
    }
    const detail = 'The payloads and results of the queue have reached the storage limit of a day.';
    return new Problem('storage_full', detail, { retryAfterSeconds: leftMs / SECOND_MS });
  }

  /** Resolves when every started count has ended. */
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

  /** Never rejects. A failed count is dropped, in the user's favour. */
  private async count(userId: string, bytes: number): Promise<void> {
    try {
      const { consumedPoints, msBeforeNext } = await this.days.penalty(userId, Math.ceil(bytes / KIB));
      if (consumedPoints >= this.limit) this.full.set(userId, this.clock.monotonic() + msBeforeNext);
    } catch (cause) {
      this.log.write('step.failed', { step: 'count what a user has stored', userId, cause });
    }
  }
}
