import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../common/time/clock';
import { CoalescedFind } from '../../stores/mongo/coalesced-find';
import { PortalLink } from './portal-link.schema';

/** What is known of a portal link when it is used. */
export type StandingLink = Pick<PortalLink, '_id' | 'ownerId' | 'maker' | 'userId' | 'scopes' | 'expiresAt'>;

/** Whether portal links still stand: one that was ended, or has run out, is refused at once, by every process. */
@Injectable()
export class PortalLinkCheck {
  private readonly links: CoalescedFind<StandingLink>;

  constructor(
    @InjectModel(PortalLink.name) links: Model<PortalLink>,
    private readonly clock: Clock,
  ) {
    const fields = ['ownerId', 'maker', 'userId', 'scopes', 'expiresAt'] as const;
    this.links = new CoalescedFind(links.collection, fields);
  }

  /** The link with this id; undefined once it has ended. */
  async findById(id: string): Promise<StandingLink | undefined> {
    const link = await this.links.find(id);
    return link !== undefined && link.expiresAt.getTime() > this.clock.wall() ? link : undefined;
  }
}
