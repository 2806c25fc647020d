import { Injectable } from '@nestjs/common';
import type { Customer } from '../users/customer.schema';
import { UserSearch } from '../users/user-search';
import type { User } from '../users/user.schema';
import type { StuckUserDto } from './stuck/stuck.dto';

/** The readable names of users: hashed ids mean nothing to an operator. */
@Injectable()
export class UserNames {
  constructor(private readonly users: UserSearch) {}

  /** The names of these users, by id; one that is being erased has none. Two reads, however many there are. */
  async of(userIds: readonly string[]): Promise<Map<string, StuckUserDto>> {
    const users = await this.users.byIds(userIds);
    const owners = await this.users.byIds(
      [...users.values()].flatMap((user) =>
        'ownerId' in user && !users.has(user.ownerId) ? [user.ownerId] : [],
      ),
    );
    const known = new Map([...owners, ...users]);
    return new Map(userIds.map((id) => [id, nameOf(id, known)]));
  }
}

function nameOf(id: string, known: ReadonlyMap<string, User | Customer>): StuckUserDto {
  const user = known.get(id);
  if (user === undefined) return { id, kind: null, email: null, customerId: null };
  if (!('ownerId' in user)) return { id, kind: 'account', email: user.email, customerId: null };
  const owner = known.get(user.ownerId);
  const email = owner !== undefined && 'email' in owner ? owner.email : null;
  return { id, kind: 'customer', email, customerId: user.customerId };
}
