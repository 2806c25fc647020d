import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';
import { SECOND_MS } from '../../common/time/units';
import { ShardClosed } from '../../queue/scripts/script-runner';
import { ShardUnavailable } from '../../queue/shard-unavailable';
import type { HeldTurn } from './claimant';

const FIRST_WAIT_MS = 20;

/**
 * Repeats a step that may be repeated, until it is done or its turn has ended.
 * @returns undefined if it was not done: whoever has the user next, or the recovery, finds what is on record
 */
export async function untilDone<T>(
  turn: HeldTurn,
  log: Logger,
  step: () => Promise<T>,
): Promise<T | undefined> {
  for (let wait = FIRST_WAIT_MS; turn.mayAct; wait = Math.min(2 * wait, SECOND_MS)) {
    try {
      return await step();
    } catch (error) {
      if (isClosed(error)) return undefined;
      const level = wait === FIRST_WAIT_MS ? 'warn' : 'debug';
      log[level](`request ${turn.job.requestId}: trying again: ${String(error)}`);
      await delay(wait);
    }
  }
  return undefined;
}

const isClosed = (error: unknown) =>
  error instanceof ShardClosed || (error instanceof ShardUnavailable && error.cause instanceof ShardClosed);
