import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import type { LiveNotes } from './attempt-notes';
import type { RequestDocument, Trouble } from './request-document';
import { InjectRequests } from './request.schema';

/** The latest notes of one attempt. They replace its earlier ones. */
export interface LiveNotesWrite {
  readonly userId: string;
  readonly requestId: string;
  /** Fencing token of the attempt. */
  readonly token: number;
  readonly notes: LiveNotes;
}

/**
 * Writes what running attempts report into a field of its own, apart from everything that decides. A write that is
 * late, or of an old attempt, matches nothing. A lost write does no harm, because the outcome contains all notes
 * again.
 */
@Injectable()
export class LiveNotesStore {
  constructor(@InjectRequests() private readonly requests: Collection<RequestDocument>) {}

  async write(writes: readonly LiveNotesWrite[]): Promise<void> {
    const operations = writes.map(({ requestId, token, notes }) => ({
      updateOne: {
        filter: { _id: requestId, pending: true as const, token: { $lte: token } },
        update: { $set: { live: notes } },
      },
    }));
    await this.requests.bulkWrite(operations, { ordered: false, writeConcern: { w: 1 } });
  }

  /** Writes why a running attempt will be lost; the write that counts the loss stores it with the attempt. */
  async tellTrouble(
    { requestId, token }: Pick<LiveNotesWrite, 'requestId' | 'token'>,
    trouble: Trouble,
  ): Promise<void> {
    const filter = { _id: requestId, pending: true as const, token: { $lte: token } };
    await this.requests.updateOne(filter, { $set: { trouble } }, { writeConcern: { w: 1 } });
  }
}
