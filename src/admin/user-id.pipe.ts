import { Injectable, PipeTransform } from '@nestjs/common';
import { Problem } from '../common/errors/problem';
import { UserSearch } from '../users/user-search';

/** How the routes of admins describe the user in their path. */
export const USER_PARAM = {
  name: 'id',
  description: 'The id of the user',
  example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11',
};

/** The id of a user who exists: an account, or a customer. @throws Problem not_found */
@Injectable()
export class UserIdPipe implements PipeTransform<string, Promise<string>> {
  constructor(private readonly users: UserSearch) {}

  async transform(id: string): Promise<string> {
    if (!(await this.users.has(id))) throw new Problem('not_found', 'There is no user with this id.');
    return id;
  }
}
