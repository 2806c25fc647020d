import { Injectable } from '@nestjs/common';
import type { Customer } from '../users/customer.schema';
import { UserSearch } from '../users/user-search';
import type { User } from '../users/user.schema';
import type { StuckUserDto } from './stuck/stuck.dto';

/** The readable names of users: hashed ids mean nothing to an operator. */
@Injectable()
export class UserNames {
  constructor(private readonly users: UserSearch) {}

  /** The names of these users, by id; one that is being erased has none. Three reads, however many there are. */
  async of(userIds: readonly string[]): Promise<Map<string, StuckUserDto>> {
    const users = await this.users.byIds(userIds);
    const owners = await this.users.ownersOf([...users.values()]);
    return new Map(userIds.map((id) => [id, nameOf(id, users.get(id), owners)]));
  }
}

function nameOf(
  id: string,
  user: User | Customer | undefined,
  owners: ReadonlyMap<string, User>,
): StuckUserDto {
  if (user === undefined) return { id, kind: null, email: null, customerId: null };
  if (!('ownerId' in user)) return { id, kind: 'account', email: user.email, customerId: null };
  const { ownerId, customerId } = user;
  return { id, kind: 'customer', email: owners.get(ownerId)?.email ?? null, customerId };
}
