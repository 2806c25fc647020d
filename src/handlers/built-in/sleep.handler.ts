import { setTimeout as sleep } from 'node:timers/promises';
import { AttemptFailure } from '../failures';
import type { Handler, RequestContext } from '../handler';
import { RequestHandler } from '../request-handler.decorator';
import { SleepPayload } from './sleep-payload.dto';

/** Holds the user's turn for a while. An abort ends it at once. */
@RequestHandler('sleep', {
  payload: SleepPayload,
  description: 'Holds the turn for ms milliseconds; fails the first failTimes attempts. For trying out.',
  example: { ms: 1000, failTimes: 1 },
})
export class SleepHandler implements Handler<SleepPayload, { ms: number }> {
  async handle(
    { ms, failTimes = 0 }: SleepPayload,
    { attempt, signal }: RequestContext,
  ): Promise<{ ms: number }> {
    await sleep(ms, undefined, { signal });
    if (attempt <= failTimes)
      throw new AttemptFailure(`Attempt ${attempt} of ${failTimes} that should fail.`, {
        code: 'asked_to_fail',
      });
    return { ms };
  }
}
