import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors/problem';
import { RedisConnection } from '../stores/redis/redis-connection';
import { Subscriptions } from '../stores/redis/subscriptions';
import { Shutdown } from '../common/process/shutdown';
import { EventBus } from '../events/event-bus';
import { eventsChannel } from '../queue/keys';
import { UserEvents } from '../queue/user-events.service';
import type { EventStream } from './event-stream';
import { UserFeed } from './user-feed';

/** What the names of all channels begin with. */
const CHANNELS = eventsChannel('');

/** Streams of one user in one process: a page or two, on all devices. */
const MOST_PER_USER = 50;

interface Followed {
  readonly feed: UserFeed;
  readonly streams: Set<EventStream>;
}

/**
 * The streams of this process: one feed for each user with a listener here, which ends with the last of them (P4), and one
 * connection to Redis for all, from the first listener on.
 */
@Injectable()
export class EventStreams {
  private readonly users = new Map<string, Followed>();
  private readonly subscriptions: Subscriptions;
  private isClosing = false;

  constructor(
    private readonly userEvents: UserEvents,
    redis: RedisConnection,
    private readonly events: EventBus,
    shutdown: Shutdown,
  ) {
    this.subscriptions = new Subscriptions(redis, {
      heard: (channel) => this.users.get(channel.slice(CHANNELS.length))?.feed.wake(),
      // Messages during the outage were missed.
      ready: () => [...this.users.values()].forEach(({ feed }) => feed.wake()),
    });
    shutdown.onBegin(() => this.end());
  }

  /**
   * Sends a user's events to a stream until it ends.
   * @param after id of the last event it has had
   * @throws Problem rate_limited, unavailable
   */
  async follow(userId: string, stream: EventStream, after: string | undefined): Promise<void> {
    if (this.isClosing) throw new Problem('unavailable', 'This process is shutting down.');
    if (stream.hasEnded) return; // it would never leave the feed
    const followed = this.users.get(userId) ?? this.begin(userId);
    if (followed.streams.size >= MOST_PER_USER)
      throw new Problem('rate_limited', `A user may have ${MOST_PER_USER} streams.`, {
        retryAfterSeconds: 10,
      });
    followed.streams.add(stream);
    this.count();
    // Before anything is waited for: a client may have gone already.
    stream.onEnd(() => this.leave(userId, followed, stream));
    stream.onTick(() => followed.feed.wake());
    await followed.feed.join(stream, after);
  }

  private end(): void {
    this.isClosing = true;
    for (const { streams } of [...this.users.values()]) for (const stream of [...streams]) stream.end();
  }

  private begin(userId: string): Followed {
    const feed = new UserFeed((after) => this.userEvents.listen(userId, after));
    const followed: Followed = { feed, streams: new Set() };
    this.users.set(userId, followed);
    // What happened before it was subscribed is read then; and heartbeats read, too.
    void this.subscriptions.add(eventsChannel(userId)).then(() => feed.wake());
    return followed;
  }

  private leave(userId: string, followed: Followed, stream: EventStream): void {
    followed.feed.leave(stream);
    followed.streams.delete(stream);
    this.count();
    if (followed.streams.size > 0 || this.users.get(userId) !== followed) return;
    this.users.delete(userId);
    this.subscriptions.remove(eventsChannel(userId));
  }

  private count(): void {
    const open = [...this.users.values()].reduce((sum, { streams }) => sum + streams.size, 0);
    this.events.emit('streams.counted', { open });
  }
}
