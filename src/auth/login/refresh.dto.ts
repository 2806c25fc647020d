import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** A refresh token to replace. */
export class RefreshDto {
  /** The refresh token of the last login or refresh. It works once. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11.kJ0c...' })
  @IsString()
  @Length(1, 4096)
  refreshToken: string;
}
