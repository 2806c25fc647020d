import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** Deletion of your account. */
export class EndMeDto {
  /** The account's password: a session alone is not enough to delete the account. */
  @ApiProperty({ example: 'correct horse battery', format: 'password' })
  @IsString()
  @Length(1, 128)
  password: string;
}
