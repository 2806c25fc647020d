import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { WellFormed } from '../../common/validation/well-formed.decorator';
import { IsEmailAddress } from '../../common/validation/is-email-address.decorator';
import { Trimmed } from '../../common/validation/trimmed.decorator';

/** A new account. */
export class RegisterDto {
  /** The email address to log in with. Letter case and surrounding white space do not matter. */
  @ApiProperty({ example: 'ada@example.com', format: 'email', maxLength: 254 })
  @Trimmed()
  @IsEmailAddress()
  email: string;

  /** 12 to 128 characters of any kind. Common passwords are refused (`common_password`). */
  @ApiProperty({ example: 'correct horse battery', format: 'password' })
  @IsString()
  @Length(12, 128)
  @WellFormed()
  password: string;

  /** Display name, 1 to 100 characters. */
  @ApiProperty({ example: 'Ada', required: false })
  @IfGiven()
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @WellFormed()
  name?: string;
}
