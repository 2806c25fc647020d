import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { WellFormed } from '../../common/validation/well-formed.decorator';
import { Trimmed } from '../../common/validation/trimmed.decorator';

/** What changes of the own account. */
export class ChangeMeDto {
  /** What to call the user, 1 to 100 characters; `null`: nothing. Left out, it stays. */
  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    minLength: 1,
    maxLength: 100,
    example: 'Ada',
  })
  @ValidateIf(({ name }: ChangeMeDto) => name !== undefined && name !== null)
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @WellFormed()
  name?: string | null;
}
