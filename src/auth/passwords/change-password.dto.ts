import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { WellFormed } from '../../common/validation/well-formed.decorator';

/** A change of your password. */
export class ChangePasswordDto {
  /** The current password. */
  @ApiProperty({ example: 'correct horse battery', format: 'password' })
  @IsString()
  @Length(1, 128)
  currentPassword: string;

  /** 12 to 128 characters of any kind. Common passwords are refused (`common_password`). */
  @ApiProperty({ example: 'staple correct horse', format: 'password', minLength: 12, maxLength: 128 })
  @IsString()
  @Length(12, 128)
  @WellFormed()
  newPassword: string;
}
