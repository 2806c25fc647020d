import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { ToInteger } from '../../common/validation/to-integer.decorator';
import { Audit } from './audit.service';
import { AUDIT_RULES, AuditRule } from './audit';

export const DEFAULT_LAST = 200;

/** Selects what to audit. */
export class AuditQueryDto {
  /** How many of the latest requests to check, by `seq`. */
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    default: DEFAULT_LAST,
    required: false,
    example: 200,
  })
  @IfGiven()
  @ToInteger()
  @IsInt()
  @Min(1)
  @Max(1000)
  last?: number;
}

/** Two requests that together break a promise. */
export class ViolationDto {
  /**
   * `seq`: both have the same `seq`. `order`: the second first started before the first, although the first has the
   * lower `seq`. `overlap`: both ran at the same time. `gap`: the second has started while the first, with the lower
   * `seq`, still waits.
   */
  @ApiProperty({ enum: AUDIT_RULES, example: 'order' })
  rule: AuditRule;

  /** The IDs of the two requests. */
  @ApiProperty({
    type: [String],
    example: ['019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a11', '019cb0a4-7a4e-7c3e-9d57-2f4f7a1f6a12'],
  })
  requestIds: string[];
}

/** The result of an audit. */
export class AuditDto {
  /** The number of requests checked. */
  @ApiProperty({ type: 'integer', example: 200 })
  checked: number;

  /** Whether every promise was kept. */
  @ApiProperty({ example: true })
  clean: boolean;

  /** The violations found. */
  @ApiProperty({ type: [ViolationDto] })
  violations: ViolationDto[];

  static of({ checked, violations }: Audit): AuditDto {
    const found = violations.map(({ rule, requestIds }) => ({ rule, requestIds: [...requestIds] }));
    return { checked, clean: found.length === 0, violations: found };
  }
}
