import type { Cluster, Redis } from 'ioredis';
import { SECOND_MS } from '../../common/time/units';
import type { RedisConnection } from './redis-connection';

/** Wait before a new connection after a refused subscription, such as after a password change. */
const REFUSED_MS = SECOND_MS;

interface Hearing {
  /** Receives a message of a channel. */
  heard(channel: string, message: string): void;
  /** The connection is back, and its channels are subscribed to again: messages in the meantime were missed. */
  ready?(): void;
}

/**
 * The channels that a part of this process listens to, over one connection that is opened for the first of them.
 * Whenever the connection is ready, all channels are subscribed until Redis has confirmed them. So a refusal neither
 * ends the process nor leaves it without messages.
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
        // If it is not ready yet, it subscribes once it is. Disconnecting while it connects could end it permanently.
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
