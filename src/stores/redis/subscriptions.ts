import type { Cluster, Redis } from 'ioredis';
import { SECOND_MS } from '../../common/time/units';
import type { RedisConnection } from './redis-connection';

/** After a subscription was refused (a password was changed, say), a new connection is made so much later. */
const REFUSED_MS = SECOND_MS;

interface Hearing {
  /** Something was said on a channel. */
  heard(channel: string, message: string): void;
  /** The connection is back, and its channels are subscribed to again: messages in the meantime were missed. */
  ready?(): void;
}

/**
 * The channels that a part of this process listens to, over one connection that is made for the first. All are subscribed
 * to whenever it is ready, until Redis has confirmed them: no refusal makes the process deaf, or ends it.
 */
export class Subscriptions {
  private readonly channels = new Set<string>();
  private connection: Redis | Cluster | undefined;
  private again: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: RedisConnection,
    private readonly hearing: Hearing,
  ) {}

  /** Resolves when the subscription is active, or was refused. */
  async add(channel: string): Promise<void> {
    this.channels.add(channel);
    await this.subscribe(channel);
  }

  remove(channel: string): void {
    this.channels.delete(channel);
    this.connection?.unsubscribe(channel).catch(() => undefined);
  }

  private async subscribe(...channels: string[]): Promise<void> {
    const connection = (this.connection ??= this.connect());
    try {
      await connection.subscribe(...channels);
    } catch {
      this.again ??= setTimeout(() => {
        this.again = undefined;
        // If it is not ready yet it will subscribe once it is; disconnecting while it connects could end it
        // permanently.
        if (connection.status === 'ready') connection.disconnect(true);
      }, REFUSED_MS).unref();
    }
  }

  private connect(): Redis | Cluster {
    const connection = this.redis.dedicated();
    connection.on('message', (channel: string, message: string) => this.hearing.heard(channel, message));
    connection.on('ready', () => {
      const subscribed = this.channels.size > 0 ? this.subscribe(...this.channels) : Promise.resolve();
      void subscribed.then(() => this.hearing.ready?.());
    });
    return connection;
  }
}
