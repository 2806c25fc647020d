import { ApiProperty } from '@nestjs/swagger';

/** The progress of an erasure. */
export class ErasureDto {
  /** The erased user id. A customer who enqueues again gets a new one. */
  @ApiProperty({ example: 'c_1cUVnr9nfxVPBYIL7mkkdIdyNoPMgdfvHC1zlMSvzpk' })
  userId: string;

  /** `erased` once nothing is left and no late write can add anything: about 15 seconds after the call, or later. */
  @ApiProperty({ enum: ['erasing', 'erased'], example: 'erasing' })
  status: 'erasing' | 'erased';

  /** Requests not yet removed; counted up to 10,000. */
  @ApiProperty({ type: 'integer', example: 2 })
  requestsLeft: number;

  /** When the erasure was requested. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  requestedAt: Date;

  /** When the erasure was completed. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-01T09:30:15.000Z' })
  erasedAt?: Date;
}
