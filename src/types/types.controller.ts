import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/guards/authenticated.decorator';
import { ForPortal } from '../auth/guards/for-portal.decorator';
import { RequireScope } from '../auth/guards/require-scope.decorator';
import { TypeDto, TypeListDto } from './type.dto';
import { TypeCatalog } from './type-catalog.service';

@ApiTags('Requests')
@Authenticated()
@ForPortal()
@Controller('types')
export class TypesController {
  constructor(private readonly catalog: TypeCatalog) {}

  /** Lists the request types. */
  @Get()
  @RequireScope('read')
  @ApiOperation({ operationId: 'listTypes', summary: 'List the request types' })
  @ApiOkResponse({ type: TypeListDto, description: 'All types, sorted by name' })
  async list(): Promise<TypeListDto> {
    return { items: (await this.catalog.list()).map((type) => TypeDto.of(type)) };
  }
}
