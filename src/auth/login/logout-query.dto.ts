import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';

/** Which sessions end. */
export class LogoutQueryDto {
  /** `true`: every session of the user ends; `false`: only the one that calls. */
  @ApiProperty({ type: Boolean, required: false, default: false, example: true })
  @IfGiven()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'all must be true or false' })
  all?: boolean;
}
