import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import type { RequestDocument } from '../../journal/request-document';
import { DECIDING, InjectRequests } from '../../journal/request.schema';
import { Audited, Violation, violationsOf } from './audit';

export interface Audit {
  /** The number of requests checked. */
  readonly checked: number;
  readonly violations: readonly Violation[];
}

/** No text of a user or a target: a thousand requests of a hundred attempts are read at once. */
const PROJECTION = {
  seq: 1,
  pending: 1,
  startedAt: 1,
  'attempts.token': 1,
  'attempts.startedAt': 1,
  'attempts.finishedAt': 1,
} as const;

/** Checks a user's latest requests against the promises. */
@Injectable()
export class AuditService {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  /** @param last how many of the latest requests, by seq */
  async audit(userId: string, last: number): Promise<Audit> {
    const requests = await this.latest(userId, last);
    const found = violationsOf(requests);
    if (found.length === 0) return { checked: requests.length, violations: [] };
    // A request that started while the list was read looks like a gap: a real gap is still there in a second read.
    const again = new Set(violationsOf(await this.latest(userId, last)).map(nameOf));
    return {
      checked: requests.length,
      violations: found.filter((violation) => again.has(nameOf(violation))),
    };
  }

  private async latest(userId: string, last: number): Promise<Audited[]> {
    const latest = await this.requests
      .find({ userId, status: { $ne: 'abandoned' } }, { projection: PROJECTION, ...DECIDING })
      .sort({ seq: -1 })
      .limit(last)
      .toArray();
    return latest.reverse();
  }
}

const nameOf = ({ rule, requestIds }: Violation) => `${rule} ${requestIds[0]}`;
