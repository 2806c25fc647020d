import { causeOf, Store } from '../common/log/cause';
import { EventLog } from '../common/log/event-log';

/**
 * Logs why a store's check fails, once per cause. The answer of `/health/ready` is public, so it never contains a
 * driver's text, which would name hosts, ports and users.
 */
export class FailureLog {
  private readonly log = new EventLog('Health');
  private told = '';
  /** Duration of the latest check, ms; undefined if it failed. */
  tookMs: number | undefined;

  constructor(private readonly store: Store) {}

  /** @throws an error with the message `shown` if the check throws */
  async watch(check: () => Promise<void>, shown: string): Promise<void> {
    const since = performance.now();
    this.tookMs = undefined;
    try {
      await check();
      this.tookMs = performance.now() - since;
      this.told = '';
    } catch (error) {
      const cause = causeOf(error).text;
      if (cause !== this.told) this.log.write('store.unhealthy', { store: this.store, cause });
      this.told = cause;
      throw new Error(shown, { cause: error });
    }
  }
}
