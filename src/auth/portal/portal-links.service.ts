import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { v7 as uuidv7 } from 'uuid';
import { Problem } from '../../common/errors/problem';
import { NEWEST_FIRST, newestFirst, Page } from '../../common/lists/newest-first';
import type { PageQueryDto } from '../../common/lists/page-query.dto';
import { Clock } from '../../common/time/clock';
import { SECOND_MS } from '../../common/time/units';
import { AccountData, AccountDataParts } from '../../users/account-data';
import { CustomersService } from '../../users/customers.service';
import type { Credential } from '../access/authenticated-user';
import { PortalLink } from '../credentials/portal-link.schema';
import { AccessTokens } from '../tokens/access-tokens';
import { CreatePortalLinkDto, DEFAULT_PORTAL_SECONDS } from './portal-link.dto';

/** Portal links of one account that are valid, or have ended less than a minute ago. */
export const MOST_LINKS = 10_000;

/** Portal links of accounts. Each opens the API for one customer, and ends with the credential that created it. */
@Injectable()
export class PortalLinks implements AccountData, OnModuleInit {
  constructor(
    @InjectModel(PortalLink.name) private readonly links: Model<PortalLink>,
    private readonly customers: CustomersService,
    private readonly tokens: AccessTokens,
    private readonly parts: AccountDataParts,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.parts.add(this);
  }

  /**
   * Creates a link, and the customer if it does not exist. The token is in the answer and nowhere else.
   * @throws Problem too_many_links
   */
  async create(maker: Credential, wanted: CreatePortalLinkDto): Promise<[PortalLink, token: string]> {
    const { customerId, scope = 'read', expiresInSeconds = DEFAULT_PORTAL_SECONDS, name, color } = wanted;
    const { accountId: ownerId, kind, id } = maker;
    if (kind === 'portal') throw new Error('a portal link makes no others');
    const userId = await this.customers.idOf(ownerId, customerId);
    await this.customers.ensure(userId, ownerId, customerId);
    const createdAt = new Date(this.clock.wall());
    const link: PortalLink = {
      _id: uuidv7(),
      maker: { kind, id },
      ownerId,
      userId,
      customerId,
      scopes: scope === 'manage' ? ['read', 'manage'] : ['read'],
      ...(name === undefined ? {} : { name }),
      ...(color === undefined ? {} : { color }),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + expiresInSeconds * SECOND_MS),
    };
    await this.links.create(link);
    // Counted after the insert, so that concurrent calls cannot pass the limit.
    if ((await this.links.countDocuments({ ownerId }, { limit: MOST_LINKS + 1 })) > MOST_LINKS) {
      await this.links.deleteOne({ _id: link._id });
      const advice = 'end some, or let them expire sooner';
      throw new Problem('too_many_links', `An account has at most ${MOST_LINKS} portal links: ${advice}.`);
    }
    return [link, this.tokens.issueForPortal(ownerId, link._id, createdAt, expiresInSeconds)];
  }

  /** The valid links of an account, newest first. @throws Problem invalid_cursor */
  async list(ownerId: string, query: PageQueryDto): Promise<Page<PortalLink>> {
    const mine = { ownerId, expiresAt: { $gt: new Date(this.clock.wall()) } };
    const read = (filter: object, limit: number) =>
      this.links
        .find({ ...mine, ...filter })
        .sort(NEWEST_FIRST)
        .limit(limit)
        .lean<PortalLink[]>();
    return newestFirst<PortalLink>([read], query);
  }

  /** @throws Problem not_found */
  async get(id: string): Promise<PortalLink> {
    const link = await this.links.findById(id).lean<PortalLink>();
    if (link === null) throw notFound();
    return link;
  }

  /** Ends a link of an account: it is refused at once. @throws Problem not_found */
  async end(ownerId: string, id: string): Promise<void> {
    const { deletedCount } = await this.links.deleteOne({ _id: id, ownerId });
    if (deletedCount === 0) throw notFound();
  }

  /** Ends the links that an account created, or for a customer those that open its queue. */
  async endAccount(userId: string): Promise<void> {
    await this.links.deleteMany({ $or: [{ ownerId: userId }, { userId }] });
  }
}

const notFound = () => new Problem('not_found', 'There is no portal link with this id.');
