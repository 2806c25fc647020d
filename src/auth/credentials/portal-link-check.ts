import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Clock } from '../../common/time/clock';
import { CoalescedFind } from '../../stores/mongo/coalesced-find';
import { PortalLink } from './portal-link.schema';

/** What a check returns of a valid portal link. */
export type StandingLink = Pick<PortalLink, '_id' | 'ownerId' | 'maker' | 'userId' | 'scopes' | 'expiresAt'>;

/** Checks portal links. Every process refuses an ended or expired link at once. */
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

  /** The valid link with this id; undefined if there is none. */
  async findById(id: string): Promise<StandingLink | undefined> {
    const link = await this.links.find(id);
    return link !== undefined && link.expiresAt.getTime() > this.clock.wall() ? link : undefined;
  }
}
