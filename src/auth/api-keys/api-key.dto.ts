import { ApiProperty } from '@nestjs/swagger';
import { Scope, SCOPES } from '../access/scopes';
import { startOfKey } from '../credentials/api-key-text';
import type { ApiKey } from '../credentials/api-key.schema';

/** A key for programs, without its secret. */
export class ApiKeyDto {
  /** Opaque. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** The name of the key. */
  @ApiProperty({ example: 'order service' })
  name: string;

  /** What the key may do, within the rights of its account. */
  @ApiProperty({ enum: SCOPES, isArray: true, example: ['enqueue', 'read'] })
  scopes: Scope[];

  /** The start of the key, to identify it. */
  @ApiProperty({ example: 'tw_0198c5d26f0b7c3e9d572f4f7a1f6a11' })
  start: string;

  /** When it was made. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  /** When the key expires; `null` if never. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2027-03-01T00:00:00.000Z' })
  expiresAt: string | null;

  /** When the key was last used, to the minute; `null` if never. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2026-03-01T11:00:00.000Z' })
  lastUsedAt: string | null;

  static of({ _id, name, scopes, createdAt, expiresAt, lastUsedAt }: ApiKey): ApiKeyDto {
    return {
      id: _id,
      name,
      scopes,
      start: startOfKey(_id),
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    };
  }
}

/** A key that has just been made. */
export class IssuedApiKeyDto extends ApiKeyDto {
  /** The key itself, for `Authorization: Bearer`. It is shown only once. */
  @ApiProperty({ example: 'tw_0198c5d26f0b7c3e9d572f4f7a1f6a11_9dX3...' })
  key: string;
}

/** A page of your keys. */
export class ApiKeyPageDto {
  /** The newest first. */
  @ApiProperty({ type: [ApiKeyDto] })
  items: ApiKeyDto[];

  /** The `cursor` of the next page; `null` on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
