/** Whether this process can serve, as `/health/ready` says it. The health checks implement it, metrics read it. */
export abstract class Readiness {
  /** Never rejects. */
  abstract isReady(): Promise<boolean>;
}
