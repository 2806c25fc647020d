import { STATUS_CODES } from 'node:http';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Clock } from '../../common/time/clock';
import { AttemptFailure, PermanentFailure, RetryLater } from '../failures';
import { DeliverySigner } from './delivery-signer';
import { networkFailure } from './network-failure';
import { headersOf, type OutgoingRequest } from './outgoing-request';
import { retryAfterMs } from './retry-after';
import { Exchange } from './exchange';
import type { TargetAnswer } from './target-answer';
import { TargetConnections } from './target-connections.service';
import { TargetRefused } from './target-policy.service';

/** Bytes of an answer's body to keep: of a good answer as the result, of a bad one in the attempt's error. */
const RESULT_BYTES = 64 * 1024;
const ERROR_BYTES = 1024;

/** Statuses besides 5xx that ask for another attempt. */
const TRY_AGAIN = [408, 425, 429];

/**
 * Sends signed requests to targets. 2xx succeeds. 408, 425, 429, 5xx and network errors are retried, not before the
 * target's `Retry-After`. Redirects are not followed: 3xx and all other answers fail permanently.
 */
@Injectable()
export class TargetDeliveries {
  private readonly log = new EventLog(TargetDeliveries.name);

  constructor(
    private readonly connections: TargetConnections,
    private readonly signer: DeliverySigner,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends one attempt of a delivery.
   * @param signal the total time limit of the attempt; nothing else ends it
   * @throws AttemptFailure, or PermanentFailure if another attempt would not help; the signal's reason if it aborts
   */
  async send(request: OutgoingRequest, signal: AbortSignal): Promise<TargetAnswer> {
    const signature = await this.signatureOf(request, signal);
    const { url, method, body } = request;
    try {
      const head = { method, headers: headersOf(request, signature) };
      const answer = await Exchange.run(
        (isFresh) => this.connections.open(url, head, isFresh),
        { body, limitOf: (status) => (isSuccess(status) ? RESULT_BYTES : ERROR_BYTES) },
        signal,
      );
      if (isSuccess(answer.status)) return answer;
      throw this.failureOf(answer);
    } catch (error) {
      if (error instanceof AttemptFailure) throw error;
      signal.throwIfAborted();
      if (error instanceof TargetRefused)
        this.log.write('target.refused', { userId: request.signedFor.userId, host: url.host });
      throw networkFailure(error);
    }
  }

  private async signatureOf({ signedFor, body }: OutgoingRequest, signal: AbortSignal): Promise<string[]> {
    try {
      return await untilAborted(
        this.signer.sign({ ...signedFor, body: body ?? Buffer.alloc(0) }, signal),
        signal,
      );
    } catch (cause) {
      signal.throwIfAborted();
      throw new AttemptFailure('The secret that signs the delivery could not be read.', {
        code: 'not_signed',
        cause,
      });
    }
  }

  private failureOf({ headers, ...shown }: TargetAnswer): AttemptFailure {
    const { status } = shown;
    const message = `The target answered ${status} ${STATUS_CODES[status] ?? ''}`.trim() + '.';
    const options = { code: `http_${status}`, details: shown };
    if (!TRY_AGAIN.includes(status) && (status < 500 || status > 599))
      return new PermanentFailure(message, options);
    const wish = retryAfterMs(headers['retry-after'], this.clock.wall());
    return wish === undefined
      ? new AttemptFailure(message, options)
      : new RetryLater(wish, message, { ...options, atLeast: true });
  }
}

const isSuccess = (status: number) => status >= 200 && status <= 299;

/** The promise's outcome, or the signal's reason if it aborts first. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
