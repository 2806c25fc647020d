import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '../../common/log/event-log';
import type { Step } from '../../common/log/fields';
import { SECOND_MS } from '../../common/time/units';
import { ShardClosed } from '../../queue/scripts/script-runner';
import { ShardUnavailable } from '../../queue/shard-unavailable';
import type { HeldTurn } from './claimant';

const FIRST_WAIT_MS = 20;

/**
 * Repeats a step until it is done or its turn has ended.
 * @param step its name in the log
 * @returns undefined if it was not done: the next worker that gets the user, or the recovery, finds what was recorded
 */
export async function untilDone<T>(
  step: Step,
  turn: HeldTurn,
  log: EventLog,
  act: () => Promise<T>,
): Promise<T | undefined> {
  for (let wait = FIRST_WAIT_MS; turn.mayAct; wait = Math.min(2 * wait, SECOND_MS)) {
    try {
      return await act();
    } catch (error) {
      if (isClosed(error)) return undefined;
      const { requestId, userId } = turn.job;
      log.write('step.failed', { step, requestId, userId, cause: error });
      await delay(wait);
    }
  }
  return undefined;
}

const isClosed = (error: unknown) =>
  error instanceof ShardClosed || (error instanceof ShardUnavailable && error.cause instanceof ShardClosed);
