import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { Dispatcher, Pool } from 'undici';
import { SECOND_MS } from '../../common/time';
import { guardedConnector } from './guarded-connector';
import { TargetPolicy } from './target-policy.service';
import { TargetResolver } from './target-resolver';

const CONNECT_TIMEOUT_MS = 10 * SECOND_MS;

/** Idle connections are kept this long: enough for a queue that drains, too short for them to pile up. */
const KEEP_ALIVE_MS = 4 * SECOND_MS;

/** Targets whose connections are kept; the one that was used longest ago gives way. */
export const MOST_TARGETS = 256;

const MAX_HEADER_BYTES = 16 * 1024;

/**
 * The connections to the targets that were used last, however many targets there are. Those to one target have no
 * bound of their own (one a running attempt): with one, a user's hanging attempts would block the others. (P5)
 */
@Injectable()
export class TargetConnections implements OnApplicationShutdown {
  /** By origin, the one that was used last at the end. */
  private readonly pools = new Map<string, Pool>();
  /** Those that end when their last attempt has. */
  private readonly leaving = new Set<Pool>();
  private readonly options: Pool.Options;

  constructor(policy: TargetPolicy, resolver: TargetResolver) {
    this.options = {
      connect: guardedConnector(policy, resolver, CONNECT_TIMEOUT_MS),
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
      pipelining: 1,
      // An attempt ends by its own total time limit, through its AbortSignal.
      headersTimeout: 0,
      bodyTimeout: 0,
    };
  }

  /** Sends a request; follows no redirect. @param origin scheme, host and port */
  dispatch(origin: string, options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.poolOf(origin).dispatch(options, handler);
  }

  /** How many targets have connections, or may have. */
  get targets(): number {
    return this.pools.size + this.leaving.size;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.pools.values(), ...this.leaving].map((pool) => pool.destroy()));
  }

  private poolOf(origin: string): Pool {
    const pool = this.pools.get(origin) ?? new Pool(origin, this.options);
    this.pools.delete(origin);
    this.pools.set(origin, pool);
    const [oldest] = this.pools;
    if (this.pools.size > MOST_TARGETS && oldest) this.letGo(...oldest);
    return pool;
  }

  private letGo(origin: string, pool: Pool): void {
    this.pools.delete(origin);
    this.leaving.add(pool);
    const gone = () => void this.leaving.delete(pool);
    pool.close().then(gone, gone);
  }
}
