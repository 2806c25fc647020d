import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IsEmailAddress } from '../../common/validation/is-email-address.decorator';
import { Trimmed } from '../../common/validation/trimmed.decorator';

/** The credentials of a login. */
export class LoginDto {
  /** The account's address, in any letter case. */
  @ApiProperty({ example: 'ada@example.com', format: 'email', maxLength: 254 })
  @Trimmed()
  @IsEmailAddress()
  email: string;

  /** The account's password. */
  @ApiProperty({ example: 'correct horse battery', format: 'password' })
  @IsString()
  @Length(1, 128)
  password: string;
}
