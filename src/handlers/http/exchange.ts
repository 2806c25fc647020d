import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { KeptBytes } from '../../common/kept-bytes';
import { answerOf, TargetAnswer } from './target-answer';

/** Closes the connection of an answer of which enough is known. */
const ENOUGH = new Error('The rest of the answer is not read.');

/** Answers that only inform (1xx), of one request: a target that sends them without end keeps the worker busy. (P5) */
const MOST_INFORMATIONAL = 32;
const ENDLESS = Object.assign(new Error('The target only informs.'), { code: 'UND_ERR_RES_INFORMATIONAL' });

/** Its Content-Length is that of an answer it would have given to GET: it has no body itself (RFC 9110 15.4.5). */
const NOT_MODIFIED = 304;

/**
 * One request and its answer, which is kept up to a limit: what goes on is not read, and its connection is closed.
 * The promise is settled at an abort even while undici is still connecting, which it does not notice; nothing is sent
 * then any more.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private isOver = false;
  private status = 0;
  private informational = 0;
  private headers: IncomingHttpHeaders = {};
  private body = new KeptBytes(0);
  private readonly abort = () => {
    this.end();
    this.reject(this.signal.reason as Error);
    this.controller?.abort(this.signal.reason as Error);
  };

  private constructor(
    private readonly signal: AbortSignal,
    private readonly limitOf: (status: number) => number,
    private readonly resolve: (answer: TargetAnswer) => void,
    private readonly reject: (error: Error) => void,
  ) {
    signal.addEventListener('abort', this.abort);
  }

  /**
   * @param send hands the handler to a dispatcher
   * @param limitOf how many bytes of the body are kept, by the status of the answer
   * @returns the answer @throws the signal's reason, or what undici says of the network or the answer
   */
  static begin(
    send: (handler: Dispatcher.DispatchHandler) => void,
    limitOf: (status: number) => number,
    signal: AbortSignal,
  ): Promise<TargetAnswer> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      send(new Exchange(signal, limitOf, resolve, reject));
    });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.signal.aborted) controller.abort(this.signal.reason as Error);
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200 && ++this.informational > MOST_INFORMATIONAL) return controller.abort(ENDLESS);
    this.status = status; // of the last one: those before it only inform
    this.headers = headers;
    this.body = new KeptBytes(this.limitOf(status));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.isOver || this.body.add(chunk)) return;
    this.answered({ truncated: true });
    controller.abort(ENOUGH);
  }

  onResponseEnd(): void {
    this.answered({ truncated: false });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const isMismatch = (error as NodeJS.ErrnoException).code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
    if (isMismatch && this.status === NOT_MODIFIED) return this.answered({ truncated: false });
    this.end();
    this.reject(error); // of no effect once there is an answer
  }

  private answered({ truncated }: { truncated: boolean }): void {
    this.end();
    this.resolve(answerOf(this.status, this.headers, this.body.bytes, truncated));
  }

  private end(): void {
    this.isOver = true;
    this.signal.removeEventListener('abort', this.abort);
  }
}
