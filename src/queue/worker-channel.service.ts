import { Injectable } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { RedisConnection } from '../common/redis/redis-connection';
import { workerChannel } from './keys';

/** What a worker is told. */
export interface WorkerMessages {
  /** A user of the shard with this tag may start. */
  wake(tag: string): void;
  /** The request that it runs was cancelled. */
  abort(requestId: string): void;
}

const ABORT = 'abort ';

/** What this process's workers are told by the scripts: one connection for all of them, made for the first. */
@Injectable()
export class WorkerChannel {
  private readonly listeners = new Map<string, WorkerMessages>();
  private connection: Redis | Cluster | undefined;

  constructor(private readonly redis: RedisConnection) {}

  /**
   * Listens for a worker from now on. A message that is lost harms nobody: the shard is polled, and the next renewal of the
   * lease tells of a cancel.
   */
  listen(worker: string, messages: WorkerMessages): () => void {
    const channel = workerChannel(worker);
    this.listeners.set(channel, messages);
    const subscriber = (this.connection ??= this.connect());
    void subscriber.subscribe(channel).catch(() => undefined);
    return () => {
      this.listeners.delete(channel);
      void subscriber.unsubscribe(channel).catch(() => undefined);
    };
  }

  private connect(): Redis | Cluster {
    const subscriber = this.redis.dedicated();
    subscriber.on('message', (channel: string, message: string) => {
      const messages = this.listeners.get(channel);
      if (message.startsWith(ABORT)) messages?.abort(message.slice(ABORT.length));
      else messages?.wake(message);
    });
    return subscriber;
  }
}
