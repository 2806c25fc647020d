import { IsInt, Max, Min } from 'class-validator';

const BILLION = 1e9;

/** One entry of a user's account. */
export class LedgerEntry {
  /** In cents; negative to take money out. */
  @IsInt()
  @Min(-BILLION)
  @Max(BILLION)
  amount: number;
}
