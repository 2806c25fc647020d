import type { Collection, Filter, UpdateFilter } from 'mongodb';
import { Coalescer } from '../common/flow/coalescer';
import type { RequestDocument, RequestState } from './request-document';
import { latestStateOf, statesOf } from './request-states';
import { itemErrors } from './request-inserts';
import { DURABLE } from './request.schema';

/** One conditional write of one request. */
export interface FencedWrite {
  readonly requestId: string;
  /** Conditions besides `_id`: the first write that matches wins. */
  readonly filter: Filter<RequestDocument>;
  readonly update: UpdateFilter<RequestDocument> | object[];
  /** Whether a document in this state proves that this very write was applied, now or when it was sent before. */
  isApplied(state: RequestState): boolean;
  /** Whether the caller wants the state even when the write was applied. */
  readonly wantsState?: boolean;
}

/**
 * `state`: the current state; undefined if there is no document, or if the write was applied and its state was not
 * wanted.
 */
export interface FencedResult {
  readonly applied: boolean;
  readonly state: RequestState | undefined;
}

/**
 * Coalesced conditional writes. A bulkWrite only returns how many of its updates have matched. If that is fewer than
 * were sent, the documents are read back: one that has this write's marks was changed by it. Only a linearizable read
 * proves that a write was not applied, because a stale primary may answer a majority read. (P1)
 *
 * The updates are sent as "many" (an id matches one document), which the driver does not retry by itself. Each may be
 * repeated, and the server does not have to track every statement, which costs a sixth of its time.
 */
export class FencedWrites {
  private readonly coalescer = new Coalescer<FencedWrite, FencedResult>({
    maxBatch: 500,
    maxInFlight: 1,
    run: (writes) => this.writeAll(writes),
  });

  constructor(private readonly requests: Collection<RequestDocument>) {}

  /** Rejects when the outcome is unknown; sending it again is safe. */
  write(write: FencedWrite): Promise<FencedResult> {
    return this.coalescer.push(write);
  }

  private async writeAll(writes: readonly FencedWrite[]): Promise<(FencedResult | Error)[]> {
    const { matched, refused } = await this.send(writes);
    const allApplied = matched === writes.length - refused.size;
    const toRead = writes.filter((write, i) => !refused.has(i) && (write.wantsState || !allApplied));
    const states = await this.statesOf(toRead);
    return Promise.all(
      writes.map(async (write, i) => {
        const error = refused.get(i);
        if (error) return error;
        if (allApplied && !write.wantsState) return { applied: true, state: undefined };
        return this.judge(write, states.get(write.requestId));
      }),
    );
  }

  private async send(
    writes: readonly FencedWrite[],
  ): Promise<{ matched: number; refused: Map<number, Error> }> {
    const operations = writes.map(({ requestId, filter, update }) => ({
      updateMany: { filter: { ...filter, _id: requestId }, update },
    }));
    const refused = new Map<number, Error>();
    try {
      const { matchedCount } = await this.requests.bulkWrite(operations, { ordered: false, ...DURABLE });
      return { matched: matchedCount, refused };
    } catch (error) {
      for (const { index, code } of itemErrors(error))
        refused.set(index, new Error(`MongoDB refused the write (code ${code})`));
      return { matched: (error as { matchedCount: number }).matchedCount, refused };
    }
  }

  private async statesOf(writes: readonly FencedWrite[]): Promise<ReadonlyMap<string, RequestState>> {
    if (writes.length === 0) return new Map();
    return statesOf(this.requests, [...new Set(writes.map(({ requestId }) => requestId))]);
  }

  private async judge(write: FencedWrite, seen: RequestState | undefined): Promise<FencedResult | Error> {
    if (seen && write.isApplied(seen)) return { applied: true, state: seen };
    try {
      const state = await latestStateOf(this.requests, write.requestId);
      return { applied: state !== undefined && write.isApplied(state), state };
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error)); // only this write's outcome is unknown
    }
  }
}
