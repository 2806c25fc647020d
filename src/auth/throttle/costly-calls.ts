import { Injectable } from '@nestjs/common';
import { TooManyTasks } from '../../common/flow/bounded-tasks';
import { FairPlaces } from '../../common/flow/fair-places';
import { Problem } from '../../common/errors/problem';
import { HttpSettings } from '../../config/settings';

/** Expensive calls of all accounts that a process makes at once. */
const MOST_IN_ALL = 8;
/** Calls of one account that wait for a place. */
const MOST_WAITING = 100;

/**
 * Limits calls that take milliseconds of the event loop: lists, audits and large requests. An account makes few at once, its
 * other calls wait in turn, and accounts alternate. So the calls of others find the loop free in between. (P5)
 */
@Injectable()
export class CostlyCalls {
  private readonly places: FairPlaces;

  constructor({ costlyCalls: ofOne }: HttpSettings) {
    this.places = new FairPlaces({ parallel: MOST_IN_ALL, ofOne, waitingOfOne: MOST_WAITING });
  }

  /**
   * Makes a call in its turn, unless its client is gone by then.
   * @throws Problem rate_limited, and what the call throws
   */
  async inTurn<T>(accountId: string, gone: AbortSignal, call: () => Promise<T>): Promise<T> {
    try {
      return await this.places.run(accountId, () => (gone.aborted ? Promise.reject(nobodyThere()) : call()));
    } catch (error) {
      if (!(error instanceof TooManyTasks)) throw error;
      throw new Problem('rate_limited', `${MOST_WAITING} reads of the account are already waiting.`, {
        retryAfterSeconds: 1,
        cause: error,
      });
    }
  }
}

const nobodyThere = () => new Problem('unavailable', 'The client has gone.');
