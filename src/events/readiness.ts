import type { Store } from '../common/log/cause';

/** Memory of a Redis server, bytes. `max`: its maxmemory, if it has one. */
export interface RedisMemory {
  readonly used: number;
  readonly max: number | undefined;
}

/** Whether this process can serve, as `/health/ready` reports it. The health checks implement it, metrics read it. */
export abstract class Readiness {
  /** Never rejects. */
  abstract isReady(): Promise<boolean>;

  /** How long each store took to answer the latest check, s. A store that did not answer is missing. */
  abstract storeSeconds(): ReadonlyMap<Store, number>;

  /** The fullest master of Redis in the latest check; undefined if none answered. */
  abstract redisMemory(): RedisMemory | undefined;

  /** This machine's clock minus MongoDB's in the latest check, s; undefined if MongoDB did not answer. */
  abstract clockSkewSeconds(): number | undefined;
}
