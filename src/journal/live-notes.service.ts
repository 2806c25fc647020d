import { Injectable } from '@nestjs/common';
import type { Collection } from 'mongodb';
import type { LiveNotes } from './attempt-notes';
import type { RequestDocument, Trouble } from './request-document';
import { InjectRequests } from './request.schema';

/** The latest notes of one attempt, in place of its earlier ones. */
export interface LiveNotesWrite {
  readonly userId: string;
  readonly requestId: string;
  /** Fencing token of the attempt. */
  readonly token: number;
  readonly notes: LiveNotes;
}

/**
 * Puts what running attempts tell into a field of its own, beside everything that decides. A write that is late, or
 * of an old attempt, matches nothing; one that is lost is no loss, for the outcome carries all notes again.
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

  /** Says why a running attempt will be lost: whoever counts the loss keeps it with the attempt. */
  async tellTrouble(
    { requestId, token }: Pick<LiveNotesWrite, 'requestId' | 'token'>,
    trouble: Trouble,
  ): Promise<void> {
    const filter = { _id: requestId, pending: true as const, token: { $lte: token } };
    await this.requests.updateOne(filter, { $set: { trouble } }, { writeConcern: { w: 1 } });
  }
}
