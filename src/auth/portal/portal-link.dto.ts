import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../common/time/units';
import { IfGiven } from '../../common/validation/if-given.decorator';
import { Trimmed } from '../../common/validation/trimmed.decorator';
import { WellFormed } from '../../common/validation/well-formed.decorator';
import { CUSTOMER_ID, CUSTOMER_ID_RULE, CUSTOMER_ID_SCHEMA } from '../access/customer-id';
import type { PortalLink } from '../credentials/portal-link.schema';

const PORTAL_SCOPES = ['read', 'manage'] as const;
export type PortalScope = (typeof PORTAL_SCOPES)[number];

const LEAST_SECONDS = MINUTE_MS / SECOND_MS;
const MOST_SECONDS = DAY_MS / SECOND_MS;
export const DEFAULT_PORTAL_SECONDS = HOUR_MS / SECOND_MS;

/** A link to create. */
export class CreatePortalLinkDto {
  /** Your ID of the customer: 1 to 128 printable ASCII characters, without a space at the start or the end, and not `.` or `..`. */
  @ApiProperty(CUSTOMER_ID_SCHEMA)
  @IsString()
  @Matches(CUSTOMER_ID, { message: `customerId must be ${CUSTOMER_ID_RULE}` })
  customerId: string;

  /** `read`: read the queue, requests and events. `manage`: also every change under `/queue` and `/requests`. */
  @ApiProperty({ enum: PORTAL_SCOPES, required: false, default: 'read', example: 'manage' })
  @IfGiven()
  @IsIn(PORTAL_SCOPES)
  scope?: PortalScope;

  /** Lifetime of the link, in seconds. It cannot be renewed. */
  @ApiProperty({
    type: 'integer',
    minimum: LEAST_SECONDS,
    maximum: MOST_SECONDS,
    required: false,
    default: DEFAULT_PORTAL_SECONDS,
    example: DEFAULT_PORTAL_SECONDS,
  })
  @IfGiven()
  @IsInt()
  @Min(LEAST_SECONDS)
  @Max(MOST_SECONDS)
  expiresInSeconds?: number;

  /** Your name, shown at the top of the page. */
  @ApiProperty({ required: false, minLength: 1, maxLength: 60, example: 'Ada’s Shop' })
  @IfGiven()
  @Trimmed()
  @IsString()
  @Length(1, 60)
  @WellFormed()
  name?: string;

  /** Your colour, used on the page. */
  @ApiProperty({ required: false, pattern: '^#[0-9a-f]{6}$', example: '#0f766e' })
  @IfGiven()
  @IsString()
  @Matches(/^#[0-9a-f]{6}$/, { message: 'color must be # and six digits of 0-9 a-f' })
  color?: string;
}

/** A link that opens the API, and the page, for one customer. */
export class PortalLinkDto {
  /** Opaque. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** The account's ID of the customer. */
  @ApiProperty({ example: 'customer-4711' })
  customerId: string;

  /** What the link may do; `manage` includes `read`. */
  @ApiProperty({ enum: PORTAL_SCOPES, example: 'manage' })
  scope: PortalScope;

  /** The name shown on the page; `null` if none was given. */
  @ApiProperty({ type: String, nullable: true, example: 'Ada’s Shop' })
  name: string | null;

  /** The colour of the page; `null` if none was given. */
  @ApiProperty({ type: String, nullable: true, example: '#0f766e' })
  color: string | null;

  /** When it was made. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  /** When the link expires. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T10:30:00.000Z' })
  expiresAt: string;

  static of({ _id, customerId, scopes, name, color, createdAt, expiresAt }: PortalLink): PortalLinkDto {
    return {
      id: _id,
      customerId,
      scope: scopes.includes('manage') ? 'manage' : 'read',
      name: name ?? null,
      color: color ?? null,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    };
  }
}

/** A link that has just been made. */
export class IssuedPortalLinkDto extends PortalLinkDto {
  /** For `Authorization: Bearer`. It is shown only once. */
  @ApiProperty({ example: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...' })
  token: string;

  /** The path of the console for this customer; add your host name, and a path prefix if there is one, in front. The token follows the `#`, so it is never logged. */
  @ApiProperty({ example: '/portal/#token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...' })
  path: string;
}

/** A page of links. */
export class PortalLinkPageDto {
  /** The newest first. */
  @ApiProperty({ type: [PortalLinkDto] })
  items: PortalLinkDto[];

  /** The `cursor` of the next page; `null` on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
