import { ApiProperty } from '@nestjs/swagger';

/** The tokens of a session. */
export class TokensDto {
  /** A JWT for `Authorization: Bearer`. It stops working as soon as its session ends. */
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...' })
  accessToken: string;

  /** How to send the access token. */
  @ApiProperty({ enum: ['Bearer'], example: 'Bearer' })
  tokenType: 'Bearer';

  /** Lifetime of the access token, in seconds. */
  @ApiProperty({ type: 'integer', example: 900 })
  expiresIn: number;

  /** Opaque. Works once, within 30 days and within SESSION_MAX_DAYS of the login. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...' })
  refreshToken: string;
}
