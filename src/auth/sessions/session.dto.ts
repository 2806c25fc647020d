import { ApiProperty } from '@nestjs/swagger';
import type { Session } from '../credentials/session.schema';

/** A session that is still valid. */
export class SessionDto {
  /** Opaque. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** Whether this session made the call. */
  @ApiProperty({ example: true })
  current: boolean;

  /** The `User-Agent` of the login; absent if there was none. */
  @ApiProperty({ required: false, example: 'Mozilla/5.0 (X11; Linux x86_64)' })
  userAgent?: string;

  /** When the user logged in. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  /** When its tokens were last refreshed. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T11:00:00.000Z' })
  refreshedAt: string;

  /** When the session ends, unless its tokens are refreshed earlier. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-31T11:00:00.000Z' })
  expiresAt: string;

  static of({ _id, userAgent, createdAt, rotatedAt, expiresAt }: Session, currentId: string): SessionDto {
    return {
      id: _id,
      current: _id === currentId,
      ...(userAgent === undefined ? {} : { userAgent }),
      createdAt: createdAt.toISOString(),
      refreshedAt: rotatedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    };
  }
}

/** A page of your sessions. */
export class SessionPageDto {
  /** The newest first. */
  @ApiProperty({ type: [SessionDto] })
  items: SessionDto[];

  /** The `cursor` of the next page; `null` on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
