import { ApiProperty } from '@nestjs/swagger';
import { ArrayNotEmpty, IsArray, IsIn, IsString, Length } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { IsRfc3339 } from '../../common/validation/rfc3339';
import { Scope, SCOPES } from '../access/scopes';
import { Unique } from '../../common/validation/unique.decorator';
import { WellFormed } from '../../common/validation/well-formed.decorator';
import { Trimmed } from '../../common/validation/trimmed.decorator';

/** A key to create. */
export class CreateApiKeyDto {
  /** A name for the key, 1 to 100 characters. */
  @ApiProperty({ example: 'order service', minLength: 1, maxLength: 100 })
  @Trimmed()
  @IsString()
  @Length(1, 100)
  @WellFormed()
  name: string;

  /**
   * What the key may do: `enqueue`, `read` and `manage` your queue; for admins also `work`, `admin` and `act-as`. No
   * duplicates.
   */
  @ApiProperty({
    enum: SCOPES,
    isArray: true,
    minItems: 1,
    maxItems: SCOPES.length,
    example: ['enqueue', 'read'],
  })
  @IsArray()
  @ArrayNotEmpty()
  @Unique()
  @IsIn(SCOPES, { each: true })
  scopes: Scope[];

  /** When the key expires (RFC 3339 with offset, in the future). If omitted, it never expires. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2027-03-01T00:00:00Z' })
  @IfGiven()
  @IsRfc3339()
  expiresAt?: string;
}
