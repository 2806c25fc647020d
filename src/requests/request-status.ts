import type { Filter } from 'mongodb';
import { FINAL_STATUSES, type FinalStatus } from '../events/event-map';
import type { RequestDocument } from '../journal/request-document';

const PENDING_STATUSES = ['scheduled', 'queued', 'active', 'retrying'] as const;
export const REQUEST_STATUSES = [...PENDING_STATUSES, ...FINAL_STATUSES] as const;

/** What a request is doing, as its user sees it. */
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

/** Whether a request with this status has not ended. */
export const isPending = (status: RequestStatus): boolean =>
  (PENDING_STATUSES as readonly string[]).includes(status);

/** What Redis knows about a user's pending requests. */
export interface Moment {
  /** The running request; undefined also while the shard is closed. */
  readonly activeId: string | undefined;
  /** ms since 1970 */
  readonly now: number;
}

/**
 * An ended request has its status itself. For a pending one, the first rule that holds applies. `statusFilter` is the
 * same rule.
 */
export function statusOf(document: RequestDocument, { activeId, now }: Moment): RequestStatus {
  if (!document.pending) return document.status as FinalStatus;
  if (document._id === activeId) return 'active';
  if (document.attemptsMade > 0) return 'retrying';
  if (document.runAt !== undefined && document.runAt.getTime() > now) return 'scheduled';
  return 'queued';
}

/** Selects requests with any of these statuses. */
export function statusFilter(statuses: readonly RequestStatus[], moment: Moment): Filter<RequestDocument> {
  return { $or: statuses.map((status) => inStatus(status, moment)) };
}

function inStatus(status: RequestStatus, { activeId, now }: Moment): Filter<RequestDocument> {
  const idle = { pending: true, ...(activeId === undefined ? {} : { _id: { $ne: activeId } }) } as const;
  switch (status) {
    case 'active':
      return { pending: true, _id: activeId ?? '' };
    case 'retrying':
      return { ...idle, attemptsMade: { $gt: 0 } };
    case 'scheduled':
      return { ...idle, attemptsMade: 0, runAt: { $gt: new Date(now) } };
    case 'queued':
      return { ...idle, attemptsMade: 0, runAt: { $not: { $gt: new Date(now) } } };
    default:
      return { pending: { $exists: false }, status };
  }
}
