import { ApiProperty } from '@nestjs/swagger';

/** The secret with which a receiver verifies deliveries for a user. */
export class WebhookSecretDto {
  /** In the format of Standard Webhooks; its libraries accept it as it is. */
  @ApiProperty({ example: 'whsec_ZXhhbXBsZS1zZWNyZXQtZXhhbXBsZS1zZWNyZXQhIQ==' })
  secret: string;

  /** When it was made. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: Date;

  /** After a rotation: until when the older secret also signs; absent if there is none. */
  @ApiProperty({ type: String, format: 'date-time', required: false, example: '2026-03-02T09:30:00.000Z' })
  previousSignsUntil?: Date;
}
