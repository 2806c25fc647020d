import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ErasureDto } from '../auth/erasure/erasure.dto';
import { Erasures } from '../auth/erasure/erasures.service';
import { AdminOnly } from '../auth/guards/admin-only.decorator';
import { byOf, type AuthenticatedUser } from '../auth/access/authenticated-user';
import { CurrentUser } from '../auth/guards/current-user.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { USER_PARAM } from './user-id.pipe';

/** Erasing any user. */
@ApiTags('Admin')
@AdminOnly()
@Controller('admin/users/:id')
export class AdminErasuresController {
  constructor(private readonly erasures: Erasures) {}

  /** Erases a user. */
  @Delete()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'eraseUser',
    summary: 'Erase a user: an account with its customers, or one customer',
    description:
      'All calls as this user are refused from now on. Cancels waiting requests, aborts the running one, ' +
      'then removes everything but a record of the erasure and who asked for it. Safe to repeat.',
  })
  @ApiParam(USER_PARAM)
  @ApiAcceptedResponse({ type: ErasureDto, description: 'The erasure has started, or was done before' })
  @ApiProblems('not_found')
  async erase(@CurrentUser() user: AuthenticatedUser, @Param('id') id: string): Promise<ErasureDto> {
    return this.erasures.eraseUser(id, byOf(user));
  }

  /** Shows the erasure of a user. */
  @Get('erasure')
  @ApiOperation({ operationId: 'getUserErasure', summary: 'Get the progress of the erasure of a user' })
  @ApiParam(USER_PARAM)
  @ApiOkResponse({ type: ErasureDto, description: 'The erasure' })
  @ApiProblems('not_found')
  async get(@Param('id') id: string): Promise<ErasureDto> {
    return this.erasures.ofUser(id);
  }
}
