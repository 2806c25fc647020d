import { Injectable } from '@nestjs/common';
import type { Collection, Document } from 'mongodb';
import { Problem } from '../common/errors/problem';
import type { RequestDocument } from '../journal/request-document';
import { DURABLE, InjectRequests } from '../journal/request.schema';
import { RequestReader } from './request-reader.service';

/** Replaces texts of handlers and targets. */
const ERASED = { $literal: 'erased' };

/** An error keeps its code. */
const errorOf = (path: string): Document => ({
  $cond: [{ $gt: [path, null] }, { code: `${path}.code`, message: ERASED }, '$$REMOVE'],
});

/** Keeps what an audit reads. An absent field stays absent. */
const ERASE: Document[] = [
  {
    $set: {
      payload: 'null',
      dataErasedAt: '$$NOW',
      error: errorOf('$error'),
      attempts: {
        $map: {
          input: '$attempts',
          as: 'attempt',
          in: {
            number: '$$attempt.number',
            token: '$$attempt.token',
            startedAt: '$$attempt.startedAt',
            finishedAt: '$$attempt.finishedAt',
            outcome: '$$attempt.outcome',
            worker: '$$attempt.worker',
            error: errorOf('$$attempt.error'),
          },
        },
      },
    },
  },
  { $unset: ['result', 'live', 'callback.lastError'] },
];

/**
 * Erases the content of an ended request: payload, result, error texts, and the notes of its attempts. Its position,
 * times, status and attempts stay. So do its Idempotency-Key and the hash of its body, because otherwise a repeated
 * call would run it again.
 */
@Injectable()
export class DataErasure {
  constructor(
    private readonly reader: RequestReader,
    @InjectRequests() private readonly requests: Collection<RequestDocument>,
  ) {}

  /** May be repeated: the first time is kept. @throws Problem not_found, not_finished */
  async erase(userId: string, requestId: string): Promise<void> {
    const ended = { _id: requestId, userId, pending: { $exists: false } } as const;
    await this.requests.updateOne({ ...ended, dataErasedAt: { $exists: false } }, ERASE, DURABLE);
    if ((await this.reader.find(userId, requestId)).pending)
      throw new Problem('not_finished', 'The request has not ended. Cancel it first.');
  }
}
