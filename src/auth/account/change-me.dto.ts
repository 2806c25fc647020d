import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, ValidateIf } from 'class-validator';
import { WellFormed } from '../../common/validation/well-formed.decorator';
import { Trimmed } from '../../common/validation/trimmed.decorator';

/** Changes to your account. */
export class ChangeMeDto {
  /** Display name, 1 to 100 characters; `null` removes it. If omitted, it is unchanged. */
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
