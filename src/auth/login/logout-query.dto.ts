import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';

/** `true` and `false` as text in a query. */
const ToBoolean = () =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** What to end. */
export class LogoutQueryDto {
  /** `true`: end every session of the user; `false`: end only the session that makes this call. */
  @ApiProperty({ type: Boolean, required: false, default: false, example: true })
  @IfGiven()
  @ToBoolean()
  @IsBoolean({ message: 'all must be true or false' })
  all?: boolean;

  /** `true`: also end every API key of the user. */
  @ApiProperty({ type: Boolean, required: false, default: false, example: false })
  @IfGiven()
  @ToBoolean()
  @IsBoolean({ message: 'keys must be true or false' })
  keys?: boolean;
}
