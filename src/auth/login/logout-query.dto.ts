import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';

/** `true` and `false`, as a query writes them. */
const ToBoolean = () =>
  Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value));

/** What ends. */
export class LogoutQueryDto {
  /** `true`: every session of the user ends; `false`: only the one that calls. */
  @ApiProperty({ type: Boolean, required: false, default: false, example: true })
  @IfGiven()
  @ToBoolean()
  @IsBoolean({ message: 'all must be true or false' })
  all?: boolean;

  /** `true`: every API key of the user ends, too. */
  @ApiProperty({ type: Boolean, required: false, default: false, example: false })
  @IfGiven()
  @ToBoolean()
  @IsBoolean({ message: 'keys must be true or false' })
  keys?: boolean;
}
