import { JsonText } from '../common/json/json-text';
import type { QueueSnapshot } from '../queue/queue-snapshot';
import type { AttemptRecord, RequestDocument, RequestError } from '../journal/request-document';
import type { AttemptDto, RequestErrorDto, RunningAttemptDto } from './attempt.dto';
import { CallbackDto } from './callback.dto';
import type { RequestDto } from './request.dto';
import { statusOf } from './request-status';

/** What a request's view needs besides its document. */
export interface Surroundings {
  /** The user's queue; undefined while it cannot be read: then nothing is running, and no position is known. */
  readonly queue: QueueSnapshot | undefined;
  /** ms since 1970 */
  readonly now: number;
  /** Mean ms between the ends of the user's latest requests, if known. */
  readonly meanGapMs: number | undefined;
}

/** Of requests that have ended: the state of their queue does not matter. */
export const NOTHING_PENDING: Surroundings = { queue: undefined, now: 0, meanGapMs: undefined };

/** A request as its user sees it. */
export function requestView(document: RequestDocument, around: Surroundings): RequestDto {
  const { queue, now } = around;
  const status = statusOf(document, { activeId: queue?.activeId, now });
  const activeSince = status === 'active' ? momentOf(queue?.activeSince) : undefined;
  const position = document.pending ? queue?.positions.get(document._id) : undefined;
  return withoutUndefined({
    id: document._id,
    seq: document.seq,
    type: document.type,
    payload: new JsonText(document.payload),
    status,
    position,
    estimatedStartAt: status === 'active' ? undefined : estimatedStart(position, around),
    nextAttemptAt: status === 'retrying' ? document.notBefore : undefined,
    attempts: document.attempts.map(attemptView),
    running: status === 'active' ? runningAttempt(document) : undefined,
    maxAttempts: document.options.attempts,
    result: document.result === undefined ? undefined : new JsonText(document.result),
    error: document.error && errorView(document.error),
    tags: [...document.tags],
    callback: CallbackDto.of(document),
    createdAt: document.createdAt,
    activeSince,
    startedAt: document.startedAt ?? activeSince,
    finishedAt: document.finishedAt,
    runAt: document.runAt,
    dataErasedAt: document.dataErasedAt,
  });
}

/** An ended request as its user sees it. */
export const endedRequestView = (document: RequestDocument): RequestDto => ({
  ...requestView(document, NOTHING_PENDING),
  ...settingsOf(document),
});

/** How its attempts run. Lists omit it: with the rest of the view, it is all it takes to send the request again. */
export const settingsOf = ({ options: { timeout, backoff } }: RequestDocument) => ({
  timeoutMs: timeout,
  backoff: { type: backoff.type, delayMs: backoff.delay, maxDelayMs: backoff.maxDelay },
});

function estimatedStart(
  position: number | undefined,
  { queue, now, meanGapMs }: Surroundings,
): Date | undefined {
  if (
    position === undefined ||
    meanGapMs === undefined ||
    queue === undefined ||
    queue.paused ||
    queue.halted
  )
    return undefined;
  return new Date(Math.round((queue.nextDueAt ?? now) + position * meanGapMs));
}

/** A lost attempt may have left notes. They stay until the attempt that repeats it writes some. */
function runningAttempt({ live, attemptsMade }: RequestDocument): RunningAttemptDto {
  const attempt = attemptsMade + 1;
  return live?.attempt === attempt ? (live as RunningAttemptDto) : { attempt };
}

function attemptView({ error, token: _, ...attempt }: AttemptRecord): AttemptDto {
  return { ...(attempt as AttemptDto), ...(error === undefined ? {} : { error: errorView(error) }) };
}

function errorView({ code, message, details }: RequestError): RequestErrorDto {
  return { code, message, ...(details === undefined ? {} : { details: new JsonText(details) }) };
}

const momentOf = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms));

/** Removes `undefined` fields: in an answer a field is present or absent. */
function withoutUndefined(view: { [K in keyof RequestDto]: RequestDto[K] | undefined }): RequestDto {
  return Object.fromEntries(
    Object.entries(view).filter(([, value]) => value !== undefined),
  ) as unknown as RequestDto;
}
