import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { HOUR_MS } from '../../common/time/units';

export class SleepPayload {
  /** How long the turn is held, in milliseconds, 0 to 3,600,000. */
  @IsInt()
  @Min(0)
  @Max(HOUR_MS)
  ms: number;

  /**
   * How many attempts fail after their sleep before one succeeds; 0 (the default) to 100. Counted again after a retry.
   */
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(100)
  failTimes?: number;
}
