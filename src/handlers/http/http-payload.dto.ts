import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { AnyJson } from '../../common/json/any-json.decorator';
import { Sound } from '../../common/validation/sound.decorator';
import { headersProblem } from './target-headers';
import { urlProblem } from './target-url';

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export class HttpPayload {
  /** Where to: `http:` or `https:`, at most 2,048 characters, without user and password. */
  @Sound('isTargetUrl', urlProblem)
  @ApiProperty({ type: String, example: 'https://example.com/hooks/orders' })
  url: string;

  /** `POST` unless said otherwise. */
  @IfGiven()
  @IsIn(METHODS)
  @ApiProperty({ enum: METHODS, required: false })
  method?: (typeof METHODS)[number];

  /**
   * Further headers: at most 50 names with string values, 16 KiB in all. Those that Turnwise or the connection
   * sets cannot be given (Idempotency-Key, Turnwise-*, Webhook-*, User-Agent, Host, Content-Length and the like).
   */
  @IfGiven()
  @AnyJson()
  @Sound('isTargetHeaders', headersProblem)
  @ApiProperty({ type: Object, additionalProperties: { type: 'string' }, required: false })
  headers?: Record<string, string>;

  /** A string is sent as it is (`text/plain` unless a header says otherwise), any other value as the JSON it is. */
  @IfGiven()
  @AnyJson()
  @ApiProperty({ type: Object, required: false })
  body?: unknown;
}
