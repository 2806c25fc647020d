import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors/problem';

/**
 * Most running searches of payloads: of one account with its customers, and of a process. Each may take seconds of
 * MongoDB, and one of the connections that every call needs. (P5)
 */
const MOST_OF_ONE = 2;
const MOST_IN_ALL = 20;

/** Limits the number of running searches. */
@Injectable()
export class SearchSlots {
  private readonly underWay = new Map<string, number>();
  private inAll = 0;

  /**
   * @param payer whose limit applies (`payerOf`)
   * @throws Problem rate_limited at once, if the limit is reached
   */
  async run<T>(payer: string, search: () => Promise<T>): Promise<T> {
    const own = this.underWay.get(payer) ?? 0;
    if (own >= MOST_OF_ONE || this.inAll >= MOST_IN_ALL)
      throw new Problem('rate_limited', 'Other searches of yours are running. Wait until they finish.', {
        retryAfterSeconds: 1,
      });
    this.count(payer, 1);
    try {
      return await search();
    } finally {
      this.count(payer, -1);
    }
  }

  private count(payer: string, change: 1 | -1): void {
    const own = (this.underWay.get(payer) ?? 0) + change;
    if (own === 0) this.underWay.delete(payer);
    else this.underWay.set(payer, own);
    this.inAll += change;
  }
}
