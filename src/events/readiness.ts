import type { Store } from '../common/log/cause';

/** Whether this process can serve, as `/health/ready` says it. The health checks implement it, metrics read it. */
export abstract class Readiness {
  /** Never rejects. */
  abstract isReady(): Promise<boolean>;

  /** How long each store took to answer the latest look, s; without one that did not answer. */
  abstract storeSeconds(): ReadonlyMap<Store, number>;
}
