import { Injectable, PipeTransform } from '@nestjs/common';
import { Problem } from '../common/errors/problem';
import { UserSearch } from '../users/user-search';

/** The id of a user who exists: an account, or a customer. @throws Problem not_found */
@Injectable()
export class UserIdPipe implements PipeTransform<string, Promise<string>> {
  constructor(private readonly users: UserSearch) {}

  async transform(id: string): Promise<string> {
    if (!(await this.users.has(id))) throw new Problem('not_found', 'There is no user with this id.');
    return id;
  }
}
