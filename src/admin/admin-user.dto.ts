import { ApiProperty } from '@nestjs/swagger';
import type { Customer } from '../users/customer.schema';
import type { User, UserRole } from '../users/user.schema';

/** A user with a queue, as admins see them. */
export class AdminUserDto {
  /** The user id, which names the queue. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** `account`: can log in; `customer`: belongs to an account, which acts for them with an API key. */
  @ApiProperty({ enum: ['account', 'customer'], example: 'account' })
  kind: 'account' | 'customer';

  /** Of an account. */
  @ApiProperty({ type: String, nullable: true, format: 'email', example: 'ada@example.com' })
  email: string | null;

  /** Of an account, if one was given. */
  @ApiProperty({ type: String, nullable: true, example: 'Ada' })
  name: string | null;

  /** Of an account. */
  @ApiProperty({ enum: ['user', 'admin', null], nullable: true, example: 'user' })
  role: UserRole | null;

  /** For a customer: the account that they belong to. */
  @ApiProperty({ type: String, nullable: true, example: null })
  ownerId: string | null;

  /** For a customer: the email of that account; `null` if it is being erased. */
  @ApiProperty({ type: String, nullable: true, format: 'email', example: null })
  ownerEmail: string | null;

  /** For a customer: the ID that the account uses in `Turnwise-User`. */
  @ApiProperty({ type: String, nullable: true, example: null })
  customerId: string | null;

  /** When the account was created, or when the customer was first used. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  /** @param owners of customers, by id */
  static of(user: User | Customer, owners: ReadonlyMap<string, User>): AdminUserDto {
    const createdAt = user.createdAt.toISOString();
    if ('ownerId' in user) {
      const { _id: id, ownerId, customerId } = user;
      const ownerEmail = owners.get(ownerId)?.email ?? null;
      const account = { email: null, name: null, role: null };
      return { id, kind: 'customer', ...account, ownerId, ownerEmail, customerId, createdAt };
    }
    const { _id: id, email, name = null, role } = user;
    const customer = { ownerId: null, ownerEmail: null, customerId: null };
    return { id, kind: 'account', email, name, role, ...customer, createdAt };
  }
}

/** A page of users. */
export class AdminUserPageDto {
  /** The newest first. */
  @ApiProperty({ type: [AdminUserDto] })
  items: AdminUserDto[];

  /** The `cursor` of the next page; `null` on the last page. */
  @ApiProperty({ type: String, nullable: true, example: null })
  nextCursor: string | null;
}
