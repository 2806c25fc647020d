import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Agent } from 'undici';
import { SECOND_MS } from '../../common/time';
import { guardedConnector } from './guarded-connector';
import { TargetPolicy } from './target-policy.service';

const CONNECT_TIMEOUT_MS = 10 * SECOND_MS;

/** Idle connections are kept this long: enough for a queue that drains, too short for them to pile up. */
const KEEP_ALIVE_MS = 4 * SECOND_MS;

const MAX_HEADER_BYTES = 16 * 1024;

/**
 * The connections to all targets. A target without one costs nothing. Their number has no bound of its own (one a
 * running attempt): with a bound per target, one user's hanging attempts would block the others. (P5)
 */
@Injectable()
export class TargetConnections implements OnApplicationShutdown {
  readonly agent: Agent;

  constructor(policy: TargetPolicy) {
    this.agent = new Agent({
      connect: guardedConnector(policy, CONNECT_TIMEOUT_MS),
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      pipelining: 1,
      // An attempt ends by its own total time limit, through its AbortSignal.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}
