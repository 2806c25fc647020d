import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { WellFormed } from '../../common/validation/well-formed.decorator';

/** A new password for whoever has forgotten theirs. */
export class ResetPasswordDto {
  /** From the link that an operator made. It is good for one use. */
  @ApiProperty({ example: 'kJ0c9dX3...' })
  @IsString()
  @Length(1, 200)
  token: string;

  /** 12 to 128 characters, of any kind. */
  @ApiProperty({ example: 'staple correct horse', format: 'password', minLength: 12, maxLength: 128 })
  @IsString()
  @Length(12, 128)
  @WellFormed()
  password: string;
}
