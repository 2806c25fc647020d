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
import { Journal } from '../journal/journal.service';
import type { RequestDocument } from '../journal/request-document';
import { IdempotencyService } from './idempotency.service';

/**
 * Accepts requests: a 202 is durable and has its place. (P3)
 *
 * `permit -> hold (seq) -> insert -> permit still valid? -> answer -> confirm, in the background`
 *
 * A failure between hold and answer is always a 503. The look-up by the worker that gets the held place then
 * decides (docs/queue-protocol.md, "Accept"). This code must undo nothing: it could remove a request that another
 * process has acknowledged meanwhile.
 */
@Injectable()
export class AcceptService {
  private readonly log = new EventLog(AcceptService.name);

  constructor(
    private readonly queues: UserQueues,
    private readonly journal: Journal,
    private readonly idempotency: IdempotencyService,
    private readonly drain: DrainService,
    private readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem: unavailable (the outcome may be unknown), queue_full, idempotency_key_reused */
  async accept(input: AcceptInput): Promise<Accepted> {
    return inRounds(
      () => this.queues.permit(input.userId),
      (begun, above) => this.begin(begun, input, above),
    );
  }

  private async begin(begun: Begun, input: AcceptInput, above: number): Promise<Round<Accepted>> {
    const { permit } = begun;
    const { refusal } = input;
    if (refusal) return this.unlessReplayed(permit, input, async () => refusal);
    const requestId = v7();
    const deadline = this.clock.monotonic() + insertForMs(this.settings);
    const held = await this.queues.hold(permit, {
      ...input,
      requestId,
      maxDepth: this.settings.maxDepth,
      above,
    });
    const { outcome } = held;
    if (outcome !== 'held')
      return this.unlessReplayed(permit, input, () => this.drain.queueFull(input.userId, outcome));
    const document = documentOf(requestId, input, { ...held, shard: permit.shard });
    switch (await byDeadline(this.journal.insert(document, deadline), deadline, this.clock)) {
      case 'inserted':
        if (!permit.isValid()) throw outcomeUnknown(new Error('the view ended during the insert'));
        begun.continueWith(this.confirm(permit, document, true));
        return { accepted: acceptedOf(document, false) };
      case 'duplicate_key':
        return this.whenKeyIsTaken(permit, input, document);
      case 'duplicate_seq':
        await this.confirm(permit, document, false);
        return { again: { above: await this.journal.lastSeqBeside(input.userId, held.seq) } };
      case 'duplicate_id':
        throw outcomeUnknown(new Error('the place expired before the insert'));
    }
  }

  private async whenKeyIsTaken(
    permit: Permit,
    input: AcceptInput,
    own: RequestDocument,
  ): Promise<Round<Accepted>> {
    await this.confirm(permit, own, false);
    const replay = await this.idempotency.replay(permit, input);
    return typeof replay === 'object' ? { accepted: replay } : { again: { above: 0 } };
  }

  /** A replay takes no place and stores nothing, so a user whose new request would be refused still gets it. */
  private async unlessReplayed(
    permit: Permit,
    input: AcceptInput,
    refusal: () => Promise<Problem>,
  ): Promise<Round<Accepted>> {
    const replay = await this.idempotency.replay(permit, input);
    if (typeof replay === 'object') return { accepted: replay };
    if (replay === 'changed') return { again: { above: 0 } };
    throw await refusal();
  }

  /** Confirms a held place or gives it up. Never rejects: a place that stays held is looked up when it expires. */
  private async confirm(
    permit: Permit,
    { _id: requestId, userId, seq }: RequestDocument,
    accepted: boolean,
  ): Promise<void> {
    try {
      await this.queues.confirm(permit, { userId, requestId, seq, accepted });
    } catch (cause) {
      this.log.write('step.failed', { step: 'confirm an accepted request', requestId, userId, cause });
    }
  }
}
