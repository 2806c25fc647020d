import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblems } from '../../common/errors/api-problems.decorator';
import { Problem } from '../../common/errors/problem';
import { PageQueryDto } from '../../common/lists/page-query.dto';
import type { AuthenticatedUser } from '../access/authenticated-user';
import { Authenticated } from '../guards/authenticated.decorator';
import { CurrentUser } from '../guards/current-user.decorator';
import { ForPortal } from '../guards/for-portal.decorator';
import { RequireScope, RequireScopeWithoutCustomer } from '../guards/require-scope.decorator';
import {
  CreatePortalLinkDto,
  IssuedPortalLinkDto,
  PortalLinkDto,
  PortalLinkPageDto,
} from './portal-link.dto';
import { PortalLinks } from './portal-links.service';

/** Links for customers without an account. */
@ApiTags('Customers')
@Authenticated()
@Controller('portal-links')
export class PortalLinksController {
  constructor(private readonly links: PortalLinks) {}

  /** Makes a link for a customer. */
  @Post()
  @RequireScope('act-as')
  @ApiOperation({
    operationId: 'createPortalLink',
    summary: 'Create a link that opens the API and the console for one customer',
    description:
      'Send the token of the link as a bearer token. The link can read (and with `manage` change) the queue ' +
      'and the requests of this customer, and nothing else. It ends at `expiresAt`, by `DELETE`, when the ' +
      'session or API key that created it ends, or when the customer is erased.',
  })
  @ApiCreatedResponse({ type: IssuedPortalLinkDto, description: 'The link. Its token is shown only once' })
  @ApiProblems('too_many_links')
  async create(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Body() wanted: CreatePortalLinkDto,
  ): Promise<IssuedPortalLinkDto> {
    const [link, token] = await this.links.create(credential, wanted);
    return { ...PortalLinkDto.of(link), token, path: `/portal/#token=${token}` };
  }

  /** Lists the account's links. */
  @Get()
  @RequireScope('act-as')
  @ApiOperation({ operationId: 'listPortalLinks', summary: 'List your portal links, newest first' })
  @ApiOkResponse({ type: PortalLinkPageDto, description: 'A page of links that are still valid' })
  @ApiProblems('invalid_cursor')
  async list(
    @CurrentUser() { credential }: AuthenticatedUser,
    @Query() query: PageQueryDto,
  ): Promise<PortalLinkPageDto> {
    const { items, nextCursor } = await this.links.list(credential.accountId, query);
    return { items: items.map((link) => PortalLinkDto.of(link)), nextCursor };
  }

  /** Describes the portal link of the calling token. */
  @Get('current')
  @ForPortal()
  @RequireScopeWithoutCustomer('read')
  @ApiOperation({
    operationId: 'getPortalLink',
    summary: 'Get the portal link of this token',
    description:
      'For the console: the customer, the scope, the expiry, and the name and colour to show. 404 with any other credential.',
  })
  @ApiOkResponse({ type: PortalLinkDto, description: 'The link' })
  @ApiProblems('not_found')
  async current(@CurrentUser() { credential }: AuthenticatedUser): Promise<PortalLinkDto> {
    if (credential.kind !== 'portal')
      throw new Problem('not_found', 'The token does not belong to a portal link.');
    return PortalLinkDto.of(await this.links.get(credential.id));
  }

  /** Ends one of the account's links. */
  @Delete(':id')
  @RequireScope('act-as')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endPortalLink', summary: 'Delete a portal link; it stops working at once' })
  @ApiParam({ name: 'id', description: "The link's id", example: '0198c5d2-6f0b-7c3e-9d57-2f4f7a1f6a11' })
  @ApiNoContentResponse({ description: 'The link has ended' })
  @ApiProblems('not_found')
  async end(@CurrentUser() { credential }: AuthenticatedUser, @Param('id') id: string): Promise<void> {
    await this.links.end(credential.accountId, id);
  }
}
