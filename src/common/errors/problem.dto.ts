import { ApiProperty } from '@nestjs/swagger';
import { CATALOGUE } from './catalogue';

/** One invalid field. */
export class FieldErrorDto {
  /** JSON Pointer into the body, or `?name` for a query parameter. */
  @ApiProperty({ example: '/payload/url' })
  pointer: string;

  /** What is wrong, for programs. */
  @ApiProperty({ example: 'is_target_url' })
  code: string;

  /** What is wrong, for people. */
  @ApiProperty({ example: 'url must be an absolute URL without blanks' })
  detail: string;
}

/** An error as the API answers it: `application/problem+json` (RFC 9457). */
export class ProblemDto {
  /** A URN made of the code. */
  @ApiProperty({ example: 'urn:turnwise:error:not_found' })
  type: string;

  /** What this code means in general. */
  @ApiProperty({ example: 'Not found' })
  title: string;

  /** The HTTP status, repeated. */
  @ApiProperty({ example: 404 })
  status: number;

  /** A code of the error catalogue; its meaning never changes. */
  @ApiProperty({ enum: Object.keys(CATALOGUE), example: 'not_found' })
  code: string;

  /** What happened this time. */
  @ApiProperty({ example: 'There is no request with this id.' })
  detail: string;

  /** The path that was called. */
  @ApiProperty({ example: '/requests/0198c5d2' })
  instance: string;

  /** The answer's `X-Request-Id`, to find the call in the logs. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  callId: string;

  /** The invalid fields, if any. */
  @ApiProperty({ type: [FieldErrorDto], required: false })
  errors?: FieldErrorDto[];
}
