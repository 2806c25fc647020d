import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Clock } from '../../common/time/clock';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { invalidFields } from '../../common/errors/problem';
import { EventLog } from '../../common/log/event-log';
import { PageQueryDto } from '../../common/lists/page-query.dto';
import { parseRfc3339 } from '../../common/validation/rfc3339';
import { ApiKeyDto, ApiKeyPageDto, IssuedApiKeyDto } from './api-key.dto';
import { CreateApiKeyDto } from './create-api-key.dto';
import { AccessCheck } from '../guards/access-check';
import { Authenticated } from '../guards/authenticated.decorator';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { CurrentUser } from '../guards/current-user.decorator';
import { forbidden } from '../guards/refusals';
import { ApiKeysService } from './api-keys.service';

@ApiTags('Auth')
@Authenticated()
@Controller('auth/api-keys')
export class ApiKeysController {
  private readonly log = new EventLog(ApiKeysController.name);

  constructor(
    private readonly keys: ApiKeysService,
    private readonly access: AccessCheck,
    private readonly clock: Clock,
  ) {}

  /** Makes a key for the caller's programs. */
  @Post()
  @ApiOperation({
    operationId: 'createApiKey',
    summary: 'Create an API key',
    description: 'Send the key as a bearer token. A key can never do more than its account.',
  })
  @ApiCreatedResponse({ type: IssuedApiKeyDto, description: 'The key. It is shown only once' })
  @ApiProblems('too_many_keys')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { name, scopes, expiresAt }: CreateApiKeyDto,
    @Ip() address: string,
  ): Promise<IssuedApiKeyDto> {
    const { userId } = user;
    const tooMuch = scopes.find((scope) => !user.scopes.has(scope));
    if (tooMuch !== undefined) throw forbidden(`Only an admin can give a key the scope \`${tooMuch}\`.`);
    const wanted = { name, scopes, expiresAt: this.future(expiresAt) };
    const [key, text] = await this.keys.create(userId, wanted, () => this.access.stillStands(user, 'manage'));
    this.log.write('key.made', { userId, credentialId: key._id, scopes, address });
    return { ...ApiKeyDto.of(key), key: text };
  }

  /** Lists the caller's keys. */
  @Get()
  @ApiOperation({ operationId: 'listApiKeys', summary: 'List your API keys, newest first' })
  @ApiOkResponse({ type: ApiKeyPageDto, description: 'A page of keys' })
  @ApiProblems('invalid_cursor')
  async list(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Query() query: PageQueryDto,
  ): Promise<ApiKeyPageDto> {
    const { items, nextCursor } = await this.keys.list(userId, query);
    return { items: items.map((key) => ApiKeyDto.of(key)), nextCursor };
  }

  /** Ends one of the caller's keys. */
  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'endApiKey',
    summary: 'Delete one of your API keys; it stops working at once',
  })
  @ApiParam({ name: 'id', description: "The key's id", example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  @ApiNoContentResponse({ description: 'The key has ended' })
  @ApiProblems('not_found')
  async end(
    @CurrentUser() { userId }: AuthenticatedUser,
    @Param('id') id: string,
    @Ip() address: string,
  ): Promise<void> {
    await this.keys.end(userId, id);
    this.log.write('key.ended', { userId, credentialId: id, address });
  }

  private future(text: string | undefined): Date | undefined {
    const time = text === undefined ? undefined : parseRfc3339(text);
    if (time !== undefined && time.getTime() <= this.clock.wall())
      throw invalidFields([
        { pointer: '/expiresAt', code: 'is_future', detail: 'expiresAt must be in the future' },
      ]);
    return time;
  }
}
