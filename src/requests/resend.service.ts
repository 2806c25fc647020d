import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import { Problem } from '../common/errors/problem';
import type { RequestDocument } from '../journal/request-document';
import { DURABLE, InjectRequests } from '../journal/request.schema';
import { RequestReader } from './request-reader.service';

/** Final statuses for which a request has a callback. */
const TOLD = ['succeeded', 'failed', 'cancelled'];

/** Sends a callback again, if its target was away for too long or has lost it. */
@Injectable()
export class ResendService {
  constructor(
    private readonly reader: RequestReader,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /**
   * Makes the callback due at once, with its old id and all attempts again. One that is still pending is left alone.
   * @throws Problem not_found, no_callback
   */
  async resend(userId: string, requestId: string): Promise<void> {
    const { callbackUrl, pending, status, callback } = await this.reader.find(userId, requestId);
    if (callbackUrl === undefined || pending || !TOLD.includes(status)) throw noCallback();
    if (callback?.outcome === undefined) return;
    const isOver = { pending: { $exists: false }, 'callback.outcome': callback.outcome };
    await this.requests.updateOne(
      { _id: requestId, userId, ...isOver },
      { $unset: { callback: '' } },
      DURABLE,
    );
  }
}

const noCallback = () =>
  new Problem('no_callback', 'The request has no callbackUrl, has not ended, or was dismissed.');
