import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IfGiven } from '../common/validation/if-given.decorator';
import { PageQueryDto } from '../common/lists/page-query.dto';
import { WithoutNul } from '../common/validation/without-nul.decorator';

/** Which users to list. */
export class ListUsersDto extends PageQueryDto {
  /** A complete user ID, the start of an email address (in any letter case), or an account's ID of a customer. */
  @ApiProperty({ required: false, minLength: 1, maxLength: 254, example: 'ada@' })
  @IfGiven()
  @IsString()
  @Length(1, 254)
  @WithoutNul()
  q?: string;
}
