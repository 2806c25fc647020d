import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock';
import { FieldError, Problem } from '../common/errors/problem';
import { canonicalHash } from '../common/json/canonical-hash';
import { parseRfc3339 } from '../common/rfc3339';
import { HOUR_MS, SECOND_MS } from '../common/time';
import { EventBus } from '../events/event-bus';
import { HandlerRegistry } from '../handlers/handler-registry.service';
import type { JobOptions } from '../queue/job-options';
import type { Accepted, AcceptInput } from './accept-input';
import { AcceptService } from './accept.service';
import { BackoffDto, EnqueueDto, MAX_DELAY_MS } from './enqueue.dto';
import { idempotencyKeyOf } from './idempotency-key';

const MAX_PAYLOAD_BYTES = 256 * 1024;

/** What stands where a request says nothing. */
const DEFAULTS = {
  maxAttempts: 5,
  backoff: { type: 'exponential', delayMs: SECOND_MS },
  maxDelayMs: HOUR_MS,
  timeoutMs: 30 * SECOND_MS,
} as const;

/** The texts of a body, exactly as they were sent. */
export interface BodyTexts {
  readonly body: string;
  /** Undefined if the body has no payload. */
  readonly payload: string | undefined;
}

/** Checks what a client wants to enqueue, and has it accepted. */
@Injectable()
export class EnqueueService {
  constructor(
    private readonly accepting: AcceptService,
    private readonly handlers: HandlerRegistry,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem: a 4xx was never accepted; after a 503 the outcome is unknown */
  async enqueue(
    userId: string,
    dto: EnqueueDto,
    texts: BodyTexts,
    idempotencyKey?: string,
  ): Promise<Accepted> {
    try {
      const accepted = await this.accepting.accept(this.inputOf(userId, dto, texts, idempotencyKey));
      const { requestId, type, replayed } = accepted;
      if (replayed) this.events.emit('request.replayed', { userId, requestId });
      else this.events.emit('request.accepted', { userId, requestId, type });
      return accepted;
    } catch (error) {
      this.events.emit('request.refused', { code: error instanceof Problem ? error.code : 'internal' });
      throw error;
    }
  }

  private inputOf(userId: string, dto: EnqueueDto, texts: BodyTexts, idempotencyKey?: string): AcceptInput {
    const key = idempotencyKeyOf(idempotencyKey);
    const payload = this.payloadOf(dto.type, texts.payload);
    return {
      userId,
      type: dto.type,
      payload,
      options: optionsOf(dto),
      runAt: this.runAtOf(dto),
      tags: dto.tags ?? [],
      callbackUrl: dto.callbackUrl,
      idempotency:
        key === undefined ? undefined : { key: `enqueue:${key}`, bodyHash: canonicalHash(texts.body) },
    };
  }

  private payloadOf(type: string, payload: string | undefined): string {
    if (payload === undefined) throw invalid('/payload', 'is_defined', 'payload is missing');
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES)
      throw new Problem('payload_too_large', `A payload may have ${MAX_PAYLOAD_BYTES} bytes at most.`, {
        errors: [{ pointer: '/payload', code: 'too_large', detail: 'payload is too large' }],
      });
    if (!this.handlers.has(type))
      throw new Problem('unknown_type', 'No handler serves this type.', {
        errors: [{ pointer: '/type', code: 'unknown_type', detail: 'type is not the name of a handler' }],
      });
    const errors = this.handlers.validate(type, JSON.parse(payload));
    if (errors.length > 0) throw invalidFields(errors);
    return payload;
  }

  private runAtOf({ delayMs, runAt }: EnqueueDto): number | undefined {
    const now = this.clock.wall();
    if (delayMs !== undefined && runAt !== undefined)
      throw invalid('/runAt', 'conflict', 'delayMs and runAt cannot both be given');
    if (delayMs !== undefined) return delayMs === 0 ? undefined : now + delayMs;
    if (runAt === undefined) return undefined;
    const moment = parseRfc3339(runAt)?.getTime() ?? NaN;
    if (!(moment <= now + MAX_DELAY_MS)) throw invalid('/runAt', 'max', 'runAt must be at most a year ahead');
    return moment;
  }
}

function optionsOf(dto: EnqueueDto): JobOptions {
  const backoff: BackoffDto = dto.backoff ?? DEFAULTS.backoff;
  const maxDelay = backoff.maxDelayMs ?? Math.max(DEFAULTS.maxDelayMs, backoff.delayMs);
  if (maxDelay < backoff.delayMs)
    throw invalid('/backoff/maxDelayMs', 'min', 'maxDelayMs must not be less than delayMs');
  return {
    attempts: dto.maxAttempts ?? DEFAULTS.maxAttempts,
    backoff: { type: backoff.type, delay: backoff.delayMs, maxDelay },
    timeout: dto.timeoutMs ?? DEFAULTS.timeoutMs,
  };
}

const invalid = (pointer: string, code: string, detail: string) => invalidFields([{ pointer, code, detail }]);

const invalidFields = (errors: readonly FieldError[]) =>
  new Problem('validation_failed', errors.map(({ detail }) => detail).join('; '), { errors });
