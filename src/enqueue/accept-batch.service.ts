import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { EventLog } from '../common/log/event-log';
import type { Problem } from '../common/errors/problem';
import { Clock } from '../common/time/clock';
import { insertForMs } from '../config/durations';
import { QueueSettings } from '../config/settings';
import type { Permit } from '../queue/epochs/permit';
import { UserQueues } from '../queue/user-queues.service';
import { Accepted, acceptedOf, AcceptInput, documentOf } from './accept-input';
import { Begun, byDeadline, inRounds, outcomeUnknown, Round } from './accept-rounds';
import { DrainService } from '../user-queue/drain.service';
import { memberId } from '../journal/batches';
import { Journal } from '../journal/journal.service';
import type { RequestDocument } from '../journal/request-document';
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
      (begun, above) => this.begin(begun, inputs, above),
    );
  }

  private async begin(
    begun: Begun,
    inputs: readonly AcceptInput[],
    above: number,
  ): Promise<Round<Accepted[]>> {
    const { permit } = begun;
    const [first] = inputs as [AcceptInput];
    const { refusal } = first;
    if (refusal) return this.unlessReplayed(permit, first, [], async () => refusal);
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
    for (const { outcome } of held)
      if (outcome !== 'held')
        return this.unlessReplayed(permit, first, documents, () =>
          this.drain.queueFull(first.userId, outcome),
        );
    const outcomes = await byDeadline(
      Promise.all(documents.map((document) => this.journal.insert(document, deadline))),
      deadline,
      this.clock,
    );
    if (outcomes.includes('duplicate_id'))
      throw outcomeUnknown(new Error('a place expired before the insert'));
    if (outcomes.some((outcome) => outcome !== 'inserted')) {
      await this.undo(permit, documents);
      if (outcomes[0] === 'duplicate_key') return this.replay(permit, first);
      const highest = Math.max(...documents.map(({ seq }) => seq));
      return { again: { above: await this.journal.lastSeqBeside(first.userId, highest) } };
    }
    const protecting = this.journal.batches.protect(documents.map(({ _id }) => _id));
    if (!(await byDeadline(protecting, deadline, this.clock)))
      throw outcomeUnknown(new Error('another call with the same key gave it up'));
    if (!permit.isValid()) throw outcomeUnknown(new Error('the view ended during the insert'));
    begun.continueWith(this.confirm(permit, documents, true));
    return { accepted: documents.map((document) => acceptedOf(document, false)) };
  }

  private async replay(permit: Permit, first: AcceptInput): Promise<Round<Accepted[]>> {
    const replay = await this.idempotency.replayBatch(permit, first);
    return typeof replay === 'object' ? { accepted: replay } : { again: { above: 0 } };
  }

  /** A replay takes no place and stores nothing, so a user whose new batch would be refused still gets it. */
  private async unlessReplayed(
    permit: Permit,
    first: AcceptInput,
    held: readonly RequestDocument[],
    refusal: () => Promise<Problem>,
  ): Promise<Round<Accepted[]>> {
    await this.confirm(permit, held, false);
    const replay = await this.idempotency.replayBatch(permit, first);
    if (typeof replay === 'object') return { accepted: replay };
    if (replay === 'changed') return { again: { above: 0 } };
    throw await refusal();
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
