import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/guards/admin-only.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { UserSearch } from '../users/user-search';
import { AdminUserDto, AdminUserPageDto } from './admin-user.dto';
import { ListUsersDto } from './list-users.dto';

@ApiTags('Admin')
@AdminOnly()
@Controller('admin/users')
export class AdminUsersController {
  constructor(private readonly search: UserSearch) {}

  /** Lists all users who have a queue. */
  @Get()
  @ApiOperation({ operationId: 'listUsers', summary: 'Find users: accounts and their customers' })
  @ApiOkResponse({ type: AdminUserPageDto, description: 'A page of users, newest first' })
  @ApiProblems('invalid_cursor')
  async list(@Query() { q, ...page }: ListUsersDto): Promise<AdminUserPageDto> {
    const { items, nextCursor } = await this.search.find(q, page);
    const owners = await this.search.ownersOf(items);
    return { items: items.map((user) => AdminUserDto.of(user, owners)), nextCursor };
  }
}
