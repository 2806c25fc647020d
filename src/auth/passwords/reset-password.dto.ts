import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { WellFormed } from '../../common/validation/well-formed.decorator';

/** A new password for a user who has forgotten theirs. */
export class ResetPasswordDto {
  /** From the link that an operator created. It works once. */
  @ApiProperty({ example: 'kJ0c9dX3...' })
  @IsString()
  @Length(1, 200)
  token: string;

  /** 12 to 128 characters of any kind. Common passwords are refused (`common_password`). */
  @ApiProperty({ example: 'staple correct horse', format: 'password', minLength: 12, maxLength: 128 })
  @IsString()
  @Length(12, 128)
  @WellFormed()
  password: string;

  /** `true`: also end every API key of the account. Use it if the account was compromised. */
  @ApiProperty({ type: Boolean, required: false, default: false, example: false })
  @IfGiven()
  @IsBoolean()
  endKeys?: boolean;
}
