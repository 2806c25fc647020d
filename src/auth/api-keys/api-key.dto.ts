import { ApiProperty } from '@nestjs/swagger';
import { Scope, SCOPES } from '../access/scopes';
import { startOfKey } from '../credentials/api-key-text';
import type { ApiKey } from '../credentials/api-key.schema';

/** A key for programs, without its secret. */
export class ApiKeyDto {
  /** Opaque. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** What its owner calls it. */
  @ApiProperty({ example: 'order service' })
  name: string;

  /** What it may do, as far as its account may. */
  @ApiProperty({ enum: SCOPES, isArray: true, example: ['enqueue', 'read'] })
  scopes: Scope[];

  /** How the key begins, to tell which one it is. */
  @ApiProperty({ example: 'tw_0198c5d26f0b7c3e9d572f4f7a1f6a11' })
  start: string;

  /** When it was made. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  /** From when on it is refused; `null`: never. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: '2027-03-01T00:00:00.000Z' })
  expiresAt: string | null;

  /** When it was last used, to the minute; `null` if it never was. */
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
  /** The key itself, for `Authorization: Bearer`. It is shown this once. */
  @ApiProperty({ example: 'tw_0198c5d26f0b7c3e9d572f4f7a1f6a11_9dX3...' })
  key: string;
}

/** A page of the own keys. */
export class ApiKeyPageDto {
  /** The newest first. */
  @ApiProperty({ type: [ApiKeyDto] })
  items: ApiKeyDto[];

  /** What `cursor` takes for the next page; `null` on the last. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
