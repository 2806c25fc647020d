import { ApiProperty } from '@nestjs/swagger';
import type { RequestDocument } from '../journal/request-document';

/** Why an attempt to send a callback failed. */
export class CallbackErrorDto {
  /** For programs to read. */
  @ApiProperty({ example: 'http_503' })
  code: string;

  /** For people to read. */
  @ApiProperty({ example: 'The target answered 503 Service Unavailable.' })
  message: string;
}

/** The state of a request's callback. */
export class CallbackDto {
  /** The callback URL; for a portal link only its origin. */
  @ApiProperty({ example: 'https://example.com/ended' })
  url: string;

  /** `waiting`: the request has not ended; `sending`: an attempt is running or due; `delivered`; or `failed` permanently. */
  @ApiProperty({ enum: ['waiting', 'sending', 'delivered', 'failed'], example: 'delivered' })
  status: string;

  /** Attempts so far. */
  @ApiProperty({ type: 'integer', example: 1 })
  attempts: number;

  /** The HTTP status of the target's last response. */
  @ApiProperty({ type: 'integer', required: false, example: 204 })
  lastStatus?: number;

  /** Why the last attempt failed. */
  @ApiProperty({ type: CallbackErrorDto, required: false })
  lastError?: CallbackErrorDto;

  /** While `sending`: when the next attempt is made at the latest, unless the current one succeeds. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:02.000Z' })
  nextAttemptAt?: Date;

  /** When the callback was delivered or given up. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:01.000Z' })
  finishedAt?: Date;

  /** @returns undefined if there is no callback */
  static of({ callbackUrl, callback, pending }: RequestDocument): CallbackDto | undefined {
    if (callbackUrl === undefined) return undefined;
    const { attempts = 0, outcome, waitUntil, ...rest } = callback ?? {};
    return {
      url: callbackUrl,
      status: outcome ?? (pending ? 'waiting' : 'sending'),
      attempts,
      ...rest,
      ...(outcome !== undefined || waitUntil === undefined ? {} : { nextAttemptAt: waitUntil }),
    };
  }
}
