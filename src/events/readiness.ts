import type { Store } from '../common/log/cause';

/** Whether this process can serve, as `/health/ready` reports it. The health checks implement it, metrics read it. */
export abstract class Readiness {
  /** Never rejects. */
  abstract isReady(): Promise<boolean>;

  /** How long each store took to answer the latest check, s. A store that did not answer is missing. */
  abstract storeSeconds(): ReadonlyMap<Store, number>;
}
