import { Injectable, OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import { Model } from 'mongoose';
import { Clock } from '../common/time/clock';
import { lossesOf, type TakenBack } from '../queue/scripts/leased-job';
import type { LookUp, Failure, Outcome, Seen } from './fenced-updates';
import {
  abandonWrite,
  appendWrite,
  cancelWrite,
  lookUpWrite,
  dismissWrite,
  endBackoffWrite,
  failWrite,
  outcomeWrite,
  protectWrite,
  retryWrite,
} from './fenced-updates';
import { Batches } from './batches';
import { FencedWrites } from './fenced-writes';
import type {
  AttemptRecord,
  EndedAttempt,
  RequestDocument,
  RequestError,
  RequestState,
} from './request-document';
import { InsertOutcome, RequestInserts } from './request-inserts';
import { DECIDING, LINEARIZABLE, RequestRecord, requestsOf } from './request.schema';

/** `decided`: another write was first; `state` is the state of the request after it. */
export type Recorded =
  { readonly kind: 'recorded' } | { readonly kind: 'decided'; readonly state: RequestState | undefined };

export type LookedUp =
  /**
   * It is pending, and no older token can write any longer. `notBefore`: ms since 1970. `isLost`: an attempt from
   * which the job was taken back is recorded as lost.
   */
  | {
      readonly kind: 'run';
      readonly attemptsMade: number;
      readonly crashes: number;
      readonly isLost: boolean;
      /** The worker of the lost attempt. */
      readonly worker: string | undefined;
      /** Why it was lost, if its worker could still report it. */
      readonly lostBy: RequestError | undefined;
      readonly notBefore: number | undefined;
      /** When the attempt before it ended, ms since 1970. */
      readonly lastEndedAt: number | undefined;
    }
  | { readonly kind: 'ended'; readonly state: RequestState }
  /** There is no document, and there never will be: a tombstone has its place. */
  | { readonly kind: 'missing' }
  /** A newer token has written, so the caller is too late. */
  | { readonly kind: 'late' };

/** A place in a queue, by the request that it was held for. */
type HeldFor = Pick<LookUp, 'requestId' | 'userId' | 'seq'>;

/** Rounds of a look-up while the request keeps changing; in each round another process has made progress. */
const LOOK_UP_ROUNDS = 5;

/**
 * The only writer of a request's state: accepted, running under a token, ended. Every change is one conditional write,
 * majority and journaled; the first write that matches wins. A purge (PurgeWrites) and a batch (Batches) have their
 * own writes by the same rules; progress (LiveNotesStore) and callbacks (CallbackStore) have their own fields;
 * retention and the end of an account remove ended requests. Writes are coalesced. A rejection means that the outcome
 * is unknown, never that nothing happened; every method except `insert` may then be called again with the same
 * arguments.
 */
@Injectable()
export class Journal implements OnModuleInit {
  private readonly requests: Collection<RequestDocument>;
  private readonly inserts: RequestInserts;
  private readonly writes: FencedWrites;
  /** Requests that were accepted together. */
  readonly batches: Batches;

  constructor(
    @InjectModel(RequestRecord.name) private readonly model: Model<RequestRecord>,
    private readonly clock: Clock,
  ) {
    this.requests = requestsOf(model);
    this.inserts = new RequestInserts(this.requests, clock);
    this.writes = new FencedWrites(this.requests);
    this.batches = new Batches(this.requests, this.inserts, clock);
  }

  /** Waits for the unique indexes: nothing may be accepted before they exist. */
  async onModuleInit(): Promise<void> {
    await this.model.init();
  }

  /** Inserts a request. @param deadline monotonic time (Clock) after which it is no longer sent */
  insert(document: RequestDocument, deadline?: number): Promise<InsertOutcome> {
    return this.inserts.insert(document, deadline);
  }

  /**
   * The highest seq among the user's requests, ended ones included, in the millisecond of a seq that is taken. Requests
   * scheduled for the same time have adjacent seqs, and Redis forgets ended requests.
   */
  async lastSeqBeside(userId: string, seq: number): Promise<number> {
    const end = (Math.floor(seq / 1000) + 1) * 1000;
    const last = await this.requests.findOne(
      { userId, seq: { $gte: seq, $lt: end } },
      { ...DECIDING, sort: { seq: -1 }, projection: { seq: 1 } },
    );
    return last?.seq ?? seq;
  }

  /** Records the end of an attempt. */
  async recordOutcome(outcome: Outcome): Promise<Recorded> {
    return recorded(await this.writes.write(outcomeWrite(outcome)));
  }

  /** Ends a request whose workers died too often. */
  async failAfterCrashes(failure: Failure): Promise<Recorded> {
    return recorded(await this.writes.write(failWrite(failure)));
  }

  /** Looks a doubtful job up before it runs, and claims its document for the token. (P1, P3) */
  async lookUp(lookUp: LookUp): Promise<LookedUp> {
    for (let round = 0; round < LOOK_UP_ROUNDS; round++) {
      const { applied, state } = await this.writes.write(lookUpWrite(lookUp));
      if (!state) {
        if (await this.buried(lookUp)) return { kind: 'missing' };
        continue; // it has arrived after all
      }
      if (applied) return toRun(state, lookUp);
      if (state.status !== 'queued') return { kind: 'ended', state };
      if (state.token > lookUp.token) return { kind: 'late' };
      if (state.batch && state.token === 0) await this.batches.resolve(state.batch, lookUp.userId);
    }
    throw new Error(`request ${lookUp.requestId} could not be looked up: it kept changing`);
  }

  /**
   * Ends a pending request as cancelled, if no attempt was looked up or recorded since it was read.
   * @param finishedAt ms since 1970
   */
  async cancel(seen: Seen, finishedAt: number): Promise<Recorded> {
    return recorded(await this.writes.write(cancelWrite(seen, new Date(finishedAt))));
  }

  /**
   * Makes a failed request of the user pending again. `recorded` also if it already is.
   * @param token the one under which it failed
   * @param shard of the user now
   */
  async retry(requestId: string, userId: string, token: number, shard: number): Promise<Recorded> {
    return recorded(await this.writes.write(retryWrite(requestId, userId, token, shard)));
  }

  /**
   * Ends the backoff of a request of the user now. `recorded` also if it was over.
   * @param attemptsMade the number of the attempt that failed last
   */
  async endBackoff(requestId: string, userId: string, attemptsMade: number): Promise<Recorded> {
    return recorded(await this.writes.write(endBackoffWrite(requestId, userId, attemptsMade)));
  }

  /** Dismisses a failed request of the user. @param token the one under which it failed */
  async dismiss(requestId: string, userId: string, token: number): Promise<Recorded> {
    return recorded(await this.writes.write(dismissWrite(requestId, userId, token)));
  }

  /** Adds the attempt that was running when its request was cancelled. */
  async appendToCancelled(requestId: string, token: number, record: EndedAttempt): Promise<void> {
    await this.writes.write(appendWrite(requestId, token, record));
  }

  /** Abandons a request that was never acknowledged. @returns whether it is abandoned now, by this or another call */
  async abandon(requestId: string): Promise<boolean> {
    return (await this.writes.write(abandonWrite(requestId, new Date(this.clock.wall())))).applied;
  }

  /**
   * Whether no pending request has this place, and none will: from now on a late insert is refused. A late retry holds
   * its place again. (P3)
   */
  async isWithoutRequest(place: HeldFor): Promise<boolean> {
    const _id = place.requestId;
    const found = await this.requests.findOne({ _id }, { ...LINEARIZABLE, projection: { pending: 1 } });
    return found ? !found.pending : this.buried(place);
  }

  /** Protects a pending request from being abandoned. @returns false if it is no longer pending */
  async protect(requestId: string): Promise<boolean> {
    return (await this.writes.write(protectWrite(requestId))).applied;
  }

  /** Whether a tombstone keeps the document out; false if the document arrived after all. */
  private async buried({ requestId, userId, seq }: HeldFor): Promise<boolean> {
    const abandonedAt = new Date(this.clock.wall());
    const tombstone = { _id: requestId, userId, seq, status: 'abandoned', abandonedAt } as const;
    // Another request has its seq, so its own insert can only fail: no tombstone is needed.
    return (await this.inserts.insert(tombstone)) !== 'duplicate_id';
  }
}

function toRun(
  { attemptsMade, crashes, notBefore, lastAttempt }: RequestState,
  { takenBack, token }: LookUp,
): LookedUp {
  const isLost = lossesOf(takenBack, token).some(({ lost }) => isThatOf(lost, lastAttempt));
  const loss = isLost ? lastAttempt : undefined;
  return {
    kind: 'run',
    attemptsMade,
    crashes,
    notBefore,
    lastEndedAt: lastAttempt?.finishedAt?.getTime(),
    isLost,
    worker: loss?.worker,
    lostBy: loss?.error,
  };
}

const isThatOf = ({ worker, startedAt }: TakenBack, attempt: AttemptRecord | undefined): boolean =>
  attempt?.outcome === 'lost' && attempt.worker === worker && attempt.startedAt?.getTime() === startedAt;

function recorded({ applied, state }: { applied: boolean; state: RequestState | undefined }): Recorded {
  return applied ? { kind: 'recorded' } : { kind: 'decided', state };
}
