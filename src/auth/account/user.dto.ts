import { ApiProperty } from '@nestjs/swagger';
import type { User, UserRole } from '../../users/user.schema';

/** An account, as its owner sees it. */
export class UserDto {
  /** Opaque; never reused. */
  @ApiProperty({ example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  id: string;

  /** As written at registration. */
  @ApiProperty({ example: 'ada@example.com', format: 'email' })
  email: string;

  /** `null` if none was given. */
  @ApiProperty({ type: String, nullable: true, example: 'Ada' })
  name: string | null;

  /** `admin` may see and manage the queues of all users. */
  @ApiProperty({ enum: ['user', 'admin'], example: 'user' })
  role: UserRole;

  /** When the account was created. */
  @ApiProperty({ type: String, format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  static of({ _id, email, name, role, createdAt }: User): UserDto {
    return { id: _id, email, name: name ?? null, role, createdAt: createdAt.toISOString() };
  }
}
