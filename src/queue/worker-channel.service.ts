import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../common/redis/redis-connection';
import { workerChannel } from './keys';

/** What this process's workers are told by the scripts: that a user of a shard may start. */
@Injectable()
export class WorkerChannel {
  constructor(private readonly redis: RedisConnection) {}

  /** Listens for a worker from now on. A message that is lost costs a poll's wait, nothing else. */
  listen(worker: string, onWake: (tag: string) => void): () => void {
    const subscriber = this.redis.dedicated();
    subscriber.on('message', (_channel, tag: string) => onWake(tag));
    void subscriber.subscribe(workerChannel(worker)).catch(() => undefined);
    return () => subscriber.disconnect();
  }
}
