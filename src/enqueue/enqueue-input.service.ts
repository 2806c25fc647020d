import { setImmediate as immediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/time/clock';
import { didYouMean } from '../common/errors/did-you-mean';
import { invalidFields, Problem } from '../common/errors/problem';
import { TimeShare } from '../common/flow/time-share';
import { SECOND_MS } from '../common/time/units';
import { RequestSettings } from '../config/settings';
import { parseRfc3339 } from '../common/validation/rfc3339';
import type { JobOptions } from '../queue/job-options';
import { REQUEST_DEFAULTS, type RequestType } from '../types/request-type';
import { TypeCatalog } from '../types/type-catalog.service';
import type { AcceptInput, Idempotency } from './accept-input';
import type { EnqueueCall } from './enqueue-call.decorator';
import { BackoffDto, BatchItemDto, EnqueueBatchDto, EnqueueDto, MAX_DELAY_MS } from './enqueue.dto';

/** Most type names in an error; `GET /types` lists all. */
const MOST_NAMED_TYPES = 20;
const MAX_PAYLOAD_BYTES = 256 * 1024;
/**
 * Time to check the payloads of one user per window, in each process, ms. A check blocks every caller of this process, and
 * a declared schema may be slow on some payloads. (P5)
 */
const CHECK_SHARE_MS = SECOND_MS;
const CHECK_WINDOW_MS = 10 * SECOND_MS;
/** After this long, the check of a batch lets other calls run. One payload of the batch may take 100 ms. */
const MOST_AT_ONCE_MS = 10;

/**
 * Reads and checks the body of an enqueue.
 * @throws Problem of 4xx, with the pointers of all invalid fields
 */
@Injectable()
export class EnqueueInput {
  private readonly checkTime = new TimeShare(CHECK_SHARE_MS, CHECK_WINDOW_MS, () => this.clock.monotonic());

  constructor(
    private readonly catalog: TypeCatalog,
    private readonly clock: Clock,
    private readonly settings: RequestSettings,
  ) {}

  async one(
    dto: EnqueueDto,
    { caller: { userId }, sourceOf }: EnqueueCall,
    idempotency: Idempotency | undefined,
  ): Promise<AcceptInput> {
    this.mustHaveTime(userId);
    const request = await this.request(userId, dto, '', sourceOf);
    return { ...request, ...this.timeOf(dto), idempotency };
  }

  /** @param idempotency goes to the first request */
  async batch(
    dto: EnqueueBatchDto,
    { caller: { userId }, sourceOf }: EnqueueCall,
    idempotency: Idempotency | undefined,
  ): Promise<AcceptInput[]> {
    const time = this.timeOf(dto);
    this.mustHaveTime(userId);
    const inputs: AcceptInput[] = [];
    let since = this.clock.monotonic();
    for (const [i, item] of dto.requests.entries()) {
      if (this.clock.monotonic() - since > MOST_AT_ONCE_MS) {
        await immediate();
        since = this.clock.monotonic();
      }
      const request = await this.request(userId, item, `/requests/${i}`, sourceOf);
      inputs.push({ ...request, ...time, idempotency: i === 0 ? idempotency : undefined });
    }
    return inputs;
  }

  /** Asked once per call, however much it has to check. @throws Problem rate_limited */
  private mustHaveTime(userId: string): void {
    const waitMs = this.checkTime.waitMs(userId);
    if (waitMs === 0) return;
    const detail = 'Checking your payloads has recently taken too much time. Wait a little.';
    throw new Problem('rate_limited', detail, { retryAfterSeconds: waitMs / SECOND_MS });
  }

  /** @param at the request's place in the body, a JSON Pointer */
  private async request(userId: string, dto: BatchItemDto, at: string, sourceOf: EnqueueCall['sourceOf']) {
    const { type, tags = [], callbackUrl } = dto;
    const payload = payloadOf(at, sourceOf(`${at}/payload`)!);
    const found = await this.validated(userId, type, payload, at);
    return {
      userId,
      type,
      lane: found.lane,
      payload,
      options: optionsOf(dto, this.timeoutOf(dto, found, at), at),
      tags,
      callbackUrl,
    };
  }

  /** Checks the type's own limit too: an operator may have lowered the maximum after the type was declared. */
  private timeoutOf({ timeoutMs }: BatchItemDto, type: RequestType, at: string): number {
    const { maxTimeoutMs } = this.settings;
    if (timeoutMs !== undefined && timeoutMs > maxTimeoutMs)
      throw invalid(`${at}/timeoutMs`, 'max', `timeoutMs must be at most ${maxTimeoutMs}`);
    return timeoutMs ?? Math.min(type.timeoutMs, maxTimeoutMs);
  }

  private async validated(userId: string, type: string, payload: string, at: string): Promise<RequestType> {
    const found = await this.catalog.find(type);
    if (found === undefined) throw await this.unknownType(type, at);
    const errors = this.checkTime.spend(userId, () => found.validate(JSON.parse(payload)));
    if (errors.length > 0)
      throw invalidFields(errors.map((error) => ({ ...error, pointer: at + error.pointer })));
    return found;
  }

  private async unknownType(type: string, at: string): Promise<Problem> {
    const types = (await this.catalog.list()).map((known) => known.type);
    const named = types.slice(0, MOST_NAMED_TYPES).join(', ');
    const rest = types.length > MOST_NAMED_TYPES ? ', and more: GET /types' : '';
    const detail = `there is no request type ${type}${didYouMean(type, types)}`;
    return new Problem('unknown_type', `No handler serves this type. The types are: ${named}${rest}.`, {
      errors: [{ pointer: `${at}/type`, code: 'unknown_type', detail }],
    });
  }

  /** The server that assigns the place counts the delay, whatever this host's clock says. (P2) */
  private timeOf({ delayMs, runAt }: Pick<EnqueueDto, 'delayMs' | 'runAt'>) {
    if (delayMs !== undefined && runAt !== undefined)
      throw invalid('/runAt', 'conflict', 'delayMs and runAt cannot both be given');
    if (delayMs !== undefined) return { runAt: undefined, delayMs: delayMs === 0 ? undefined : delayMs };
    if (runAt === undefined) return { runAt };
    const moment = parseRfc3339(runAt)?.getTime() ?? NaN;
    if (!(moment <= this.clock.wall() + MAX_DELAY_MS))
      throw invalid('/runAt', 'max', 'runAt must be at most a year ahead');
    return { runAt: moment };
  }
}

function payloadOf(at: string, payload: string): string {
  const pointer = `${at}/payload`;
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES)
    throw new Problem('payload_too_large', `A payload may have at most ${MAX_PAYLOAD_BYTES} bytes.`, {
      errors: [{ pointer, code: 'too_large', detail: 'payload is too large' }],
    });
  return payload;
}

function optionsOf(dto: BatchItemDto, timeout: number, at: string): JobOptions {
  const backoff: BackoffDto = dto.backoff ?? REQUEST_DEFAULTS.backoff;
  const maxDelay = backoff.maxDelayMs ?? Math.max(REQUEST_DEFAULTS.backoff.maxDelayMs, backoff.delayMs);
  if (maxDelay < backoff.delayMs)
    throw invalid(`${at}/backoff/maxDelayMs`, 'min', 'maxDelayMs must not be less than delayMs');
  return {
    attempts: dto.maxAttempts ?? REQUEST_DEFAULTS.maxAttempts,
    backoff: { type: backoff.type, delay: backoff.delayMs, maxDelay },
    timeout,
  };
}

const invalid = (pointer: string, code: string, detail: string) => invalidFields([{ pointer, code, detail }]);
