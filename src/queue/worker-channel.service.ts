import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../stores/redis/redis-connection';
import { Subscriptions } from '../stores/redis/subscriptions';
import { shardOfKey, workerChannel } from './keys';

/** A message to a worker. */
export interface WorkerMessages {
  /** A user of the shard may start. */
  wake(shard: number): void;
  /** The request that it runs was cancelled. */
  abort(requestId: string): void;
}

const ABORT = 'abort ';

/** The scripts' messages to this process's workers, over one connection that is opened for the first worker. */
@Injectable()
export class WorkerChannel {
  private readonly listeners = new Map<string, WorkerMessages>();
  private readonly subscriptions: Subscriptions;

  constructor(redis: RedisConnection) {
    this.subscriptions = new Subscriptions(redis, {
      heard: (channel, message) => {
        const messages = this.listeners.get(channel);
        const shard = shardOfKey(message);
        if (shard !== undefined) messages?.wake(shard);
        else if (message.startsWith(ABORT)) messages?.abort(message.slice(ABORT.length));
      },
    });
  }

  /**
   * Listens for a worker from now on. A lost message does no harm: the shard is polled, and the next renewal of the
   * lease returns a cancel.
   */
  listen(worker: string, messages: WorkerMessages): () => void {
    const channel = workerChannel(worker);
    this.listeners.set(channel, messages);
    void this.subscriptions.add(channel);
    return () => {
      this.listeners.delete(channel);
      this.subscriptions.remove(channel);
    };
  }
}
