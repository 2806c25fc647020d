import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { EventLog } from '../common/log/event-log';
import type { Problem } from '../common/errors/problem';
import { Clock } from '../common/time/clock';
import { insertForMs } from '../config/durations';
import { QueueSettings } from '../config/settings';
import type { Permit } from '../queue/epochs/permit';
import { UserQueues } from '../queue/user-queues.service';
import { Accepted, acceptedOf, AcceptInput, documentOf, Repeatable } from './accept-input';
import { byDeadline, inRounds, outcomeUnknown, Round, roundOf, Try, unlessReplayed } from './accept-rounds';
import { DrainService } from '../user-queue/drain.service';
import { memberId } from '../journal/batches';
import { Journal } from '../journal/journal.service';
import type { RequestDocument } from '../journal/request-document';
import type { InsertOutcome } from '../journal/request-inserts';
import { IdempotencyService } from './idempotency.service';

/**
 * Accepts several requests of one user, all or none, adjacent in the queue. (P3)
 *
 * `permit -> hold all, in one call -> insert all -> protect all -> permit still valid? -> answer -> confirm all`
 *
 * Until a member is protected, a worker that gets it first counts the others (journal/batches.ts), so that a crash in
 * the middle leaves all or nothing.
 */
@Injectable()
export class AcceptBatchService {
  private readonly log = new EventLog(AcceptBatchService.name);

  constructor(
    private readonly queues: UserQueues,
    private readonly journal: Journal,
    private readonly idempotency: IdempotencyService,
    private readonly drain: DrainService,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * @param inputs of one user and one time; an Idempotency-Key is on the first one
   * @throws Problem: unavailable (the outcome may be unknown), queue_full, idempotency_key_reused
   */
  async accept(inputs: readonly AcceptInput[]): Promise<Accepted[]> {
    const [first] = inputs;
    if (!first) return [];
    return inRounds(
      () => this.queues.permit(first.userId),
      (thisTry, above) => this.tryOnce(thisTry, inputs, above),
    );
  }

  /** `AcceptService.replay` for a batch. @throws Problem as there */
  async replay(call: Repeatable, refusal: Problem): Promise<Accepted[]> {
    return inRounds(
      () => this.queues.permit(call.userId),
      async ({ permit }) =>
        unlessReplayed(await this.idempotency.replayBatch(permit, call), async () => refusal),
    );
  }

  private async tryOnce(
    thisTry: Try,
    inputs: readonly AcceptInput[],
    above: number,
  ): Promise<Round<Accepted[]>> {
    const { permit } = thisTry;
    const [first] = inputs as [AcceptInput];
    const replay = () => this.idempotency.replayBatch(permit, first);
    const batch = { id: v7(), n: inputs.length };
    const deadline = this.clock.monotonic() + insertForMs(this.settings);
    const { maxDepth } = this.settings;
    const held = await this.queues.holdAll(
      permit,
      inputs.map((input, i) => ({ ...input, requestId: memberId(batch.id, i), maxDepth, above })),
    );
    const documents = held.flatMap((each, i) =>
      each.outcome === 'held'
        ? [documentOf(memberId(batch.id, i), inputs[i]!, { ...each, shard: permit.shard }, batch)]
        : [],
    );
    const refused = held.map(({ outcome }) => outcome).find((outcome) => outcome !== 'held');
    if (refused !== undefined) {
      await this.confirm(permit, documents, false);
      return unlessReplayed(await replay(), () => this.drain.queueFull(first.userId, refused));
    }
    const outcomes = await this.insertAll(thisTry, documents, deadline);
    if (outcomes.some((outcome) => outcome !== 'inserted')) {
      await this.undo(permit, documents);
      if (outcomes[0] === 'duplicate_key') return roundOf(await replay());
      const highest = Math.max(...documents.map(({ seq }) => seq));
      return { again: { above: await this.journal.lastSeqBeside(first.userId, highest) } };
    }
    const protecting = this.journal.batches.protect(documents.map(({ _id }) => _id));
    if (!(await byDeadline(thisTry, protecting, deadline, this.clock)))
      throw outcomeUnknown(new Error('another call with the same key gave it up'));
    if (!permit.isValid()) throw outcomeUnknown(new Error('the view ended during the insert'));
    thisTry.keepPermitFor(this.confirm(permit, documents, true));
    return { accepted: documents.map((document) => acceptedOf(document, false)) };
  }

  /** @throws ShardUnavailable if the outcome is unknown */
  private async insertAll(
    thisTry: Try,
    documents: readonly RequestDocument[],
    deadline: number,
  ): Promise<InsertOutcome[]> {
    const inserts = documents.map((document) => this.journal.insert(document, deadline));
    thisTry.keepPermitFor(this.giveUpUnsent(thisTry.permit, documents, inserts)); // one may fail before the others have ended
    const outcomes = await byDeadline(thisTry, Promise.all(inserts), deadline, this.clock);
    if (outcomes.includes('duplicate_id') || outcomes.includes('not_sent'))
      throw outcomeUnknown(new Error('a place expired before the insert, or it waited too long'));
    return outcomes;
  }

  /** As that of a single accept: gives the places up if no insert is sent. */
  private async giveUpUnsent(
    permit: Permit,
    documents: readonly RequestDocument[],
    inserts: readonly Promise<InsertOutcome>[],
  ): Promise<void> {
    const outcomes = await Promise.allSettled(inserts);
    if (outcomes.every((each) => each.status === 'fulfilled' && each.value === 'not_sent'))
      await this.confirm(permit, documents, false);
  }

  /** Removes the inserted members when others could not be inserted: nobody was promised any of them. */
  private async undo(permit: Permit, documents: readonly RequestDocument[]): Promise<void> {
    await this.journal.batches.abandon(documents.map(({ _id }) => _id));
    await this.confirm(permit, documents, false);
  }

  /** Never rejects: a place that stays held is looked up when it expires. */
  private async confirm(
    permit: Permit,
    documents: readonly RequestDocument[],
    accepted: boolean,
  ): Promise<void> {
    const confirms = documents.map(({ _id: requestId, userId, seq }) =>
      this.queues.confirm(permit, { userId, requestId, seq, accepted }),
    );
    for (const result of await Promise.allSettled(confirms))
      if (result.status === 'rejected')
        this.log.write('step.failed', { step: 'confirm an accepted request', cause: result.reason });
  }
}
