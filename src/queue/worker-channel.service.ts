import { Injectable } from '@nestjs/common';
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

/** What this process's workers are told by the scripts. */
@Injectable()
export class WorkerChannel {
  constructor(private readonly redis: RedisConnection) {}

  /**
   * Listens for a worker from now on. A message that is lost harms nobody: the shard is polled, and the outcome of a
   * cancelled request finds it decided.
   */
  listen(worker: string, messages: WorkerMessages): () => void {
    const subscriber = this.redis.dedicated();
    subscriber.on('message', (_channel, message: string) => {
      if (message.startsWith(ABORT)) messages.abort(message.slice(ABORT.length));
      else messages.wake(message);
    });
    void subscriber.subscribe(workerChannel(worker)).catch(() => undefined);
    return () => subscriber.disconnect();
  }
}
