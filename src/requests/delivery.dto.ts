import { ApiProperty } from '@nestjs/swagger';

/** One header of a delivery. */
export class SentHeaderDto {
  /** As it is written. */
  @ApiProperty({ example: 'turnwise-seq' })
  name: string;

  /** `null` if it is hidden. */
  @ApiProperty({ type: String, nullable: true, example: '1772357400123456' })
  value: string | null;

  /**
   * Why the value is hidden. `secret`: a header of the payload that authenticates the sender; `each_attempt`: the
   * value differs for each attempt.
   */
  @ApiProperty({ enum: ['secret', 'each_attempt'], required: false })
  hidden?: string;
}

/** What each attempt sends to the target. */
export class DeliveryDto {
  /** Its method. */
  @ApiProperty({ example: 'POST' })
  method: string;

  /** Where to. */
  @ApiProperty({ example: 'https://example.com/hook' })
  url: string;

  /** All headers in order, except `Connection` and the `traceparent` of a traced attempt. */
  @ApiProperty({ type: [SentHeaderDto] })
  headers: SentHeaderDto[];
}
