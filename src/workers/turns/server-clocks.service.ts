import { Injectable } from '@nestjs/common';
import { QueueSettings } from '../../config/settings';
import { ServerClock } from './server-clock';

/**
 * What this process knows of the clocks of the shards' servers: one for each shard, shared by all its claim loops. A loop
 * that begins while others run knows what they have seen, a step of the clock also. (P1)
 */
@Injectable()
export class ServerClocks {
  /** By shard. */
  readonly all: readonly ServerClock[];

  constructor({ shards, leaseMs, viewMs }: QueueSettings) {
    this.all = Array.from({ length: shards }, () => new ServerClock(leaseMs, viewMs));
  }
}
