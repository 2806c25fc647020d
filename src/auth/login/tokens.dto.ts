import { ApiProperty } from '@nestjs/swagger';

/** The tokens of a session. */
export class TokensDto {
  /** A JWT for `Authorization: Bearer`. It is refused as soon as its session has ended. */
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...' })
  accessToken: string;

  /** How the access token is sent. */
  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  tokenType: 'Bearer';

  /** Seconds that the access token is good for. */
  @ApiProperty({ type: 'integer', example: 900 })
  expiresIn: number;

  /** Opaque; good for one use, within 30 days and within SESSION_MAX_DAYS of the login. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...' })
  refreshToken: string;
}
