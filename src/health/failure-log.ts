import { Logger } from '@nestjs/common';

/**
 * Says in the log why a store's check fails, once for each cause. Anybody may read the answer of `/health/ready`, so
 * that one never holds a driver's text: it would name hosts, ports and users.
 */
export class FailureLog {
  private readonly log = new Logger('Health');
  private told = '';

  constructor(private readonly store: string) {}

  /** @throws an error that says `shown` when the check throws */
  async watch(check: () => Promise<void>, shown: string): Promise<void> {
    try {
      await check();
      this.told = '';
    } catch (error) {
      const cause = String(error);
      if (cause !== this.told) this.log.warn(`${this.store} is not ready: ${cause}`);
      this.told = cause;
      throw new Error(shown, { cause: error });
    }
  }
}
