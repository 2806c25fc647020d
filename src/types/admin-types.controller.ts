import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../auth/guards/admin-only.decorator';
import { ApiProblems } from '../common/errors/api-problems.decorator';
import { invalidFields, Problem } from '../common/errors/problem';
import { ExactBody, type BodySource } from '../common/json/body-source.decorator';
import { TYPE_NAME } from '../handlers/type-name';
import { ExternalTypes } from './external-types.service';
import { UnusableSchema } from './payload-schema';
import { DeclareTypeDto, TypeDto } from './type.dto';
import { TypeCatalog } from './type-catalog.service';

@ApiTags('Admin')
@AdminOnly()
@Controller('admin/types')
export class AdminTypesController {
  constructor(
    private readonly catalog: TypeCatalog,
    private readonly external: ExternalTypes,
  ) {}

  /** Declares a type. */
  @Put(':type')
  @ApiOperation({
    operationId: 'declareType',
    summary: 'Declare a type for external workers',
    description:
      'Takes effect on every process within 5 seconds. Requests accepted earlier are not checked again.',
  })
  @ApiParam({
    name: 'type',
    description: 'Its name: 1 to 64 of `a-z 0-9 . _ -`',
    schema: { type: 'string', pattern: TYPE_NAME.source, example: 'render' },
  })
  @ApiOkResponse({ type: TypeDto, description: 'The declared type' })
  @ApiProblems('type_has_handler', 'not_found')
  async declare(
    @Param('type') type: string,
    @Body() { description, timeoutMs }: DeclareTypeDto,
    @ExactBody() body: BodySource,
  ): Promise<TypeDto> {
    if (!TYPE_NAME.test(type))
      throw new Problem('not_found', 'A type has 1 to 64 characters of a-z 0-9 . _ - in its name.');
    if (this.catalog.isHandled(type))
      throw new Problem('type_has_handler', 'A handler of this server already serves this type.');
    const [payloadSchema, example] = [body.sourceOf('/payloadSchema'), body.sourceOf('/example')];
    const given = { payloadSchema, example, description, timeoutMs };
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    try {
      return TypeDto.of(await this.external.declare({ _id: type, ...said }));
    } catch (error) {
      if (!(error instanceof UnusableSchema)) throw error;
      const detail = `payloadSchema cannot be used: ${error.message}`;
      throw invalidFields([{ pointer: '/payloadSchema', code: 'is_json_schema', detail }]);
    }
  }
}
