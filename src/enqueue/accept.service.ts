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
import { Journal } from '../journal/journal.service';
import type { RequestDocument } from '../journal/request-document';
import type { InsertOutcome } from '../journal/request-inserts';
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
      (thisTry, above) => this.tryOnce(thisTry, input, above),
    );
  }

  /**
   * Answers a repeated call whose request would be refused now: its type, a limit or a setting of the operator may have
   * changed since it was accepted.
   * @throws Problem: the refusal, if no request has the key; idempotency_key_reused; unavailable
   */
  async replay(call: Repeatable, refusal: Problem): Promise<Accepted> {
    return inRounds(
      () => this.queues.permit(call.userId),
      async ({ permit }) => unlessReplayed(await this.idempotency.replay(permit, call), async () => refusal),
    );
  }

  private async tryOnce(thisTry: Try, input: AcceptInput, above: number): Promise<Round<Accepted>> {
    const { permit } = thisTry;
    const replay = () => this.idempotency.replay(permit, input);
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
      return unlessReplayed(await replay(), () => this.drain.queueFull(input.userId, outcome));
    const document = documentOf(requestId, input, { ...held, shard: permit.shard });
    const inserting = this.journal.insert(document, deadline);
    thisTry.keepPermitFor(this.giveUpUnsent(permit, document, inserting));
    switch (await byDeadline(thisTry, inserting, deadline, this.clock)) {
      case 'inserted':
        if (!permit.isValid()) throw outcomeUnknown(new Error('the view ended during the insert'));
        thisTry.keepPermitFor(this.confirm(permit, document, true));
        return { accepted: acceptedOf(document, false) };
      case 'duplicate_key':
        await this.confirm(permit, document, false);
        return roundOf(await replay());
      case 'duplicate_seq':
        await this.confirm(permit, document, false);
        return { again: { above: await this.journal.lastSeqBeside(input.userId, held.seq) } };
      case 'duplicate_id':
        throw outcomeUnknown(new Error('the place expired before the insert'));
      case 'not_sent':
        throw outcomeUnknown(new Error('the insert waited too long'));
    }
  }

  /**
   * No document can come of an insert that is never sent, so its place need not be looked up: in a queue that stands still,
   * no worker would, and it would count as pending until then.
   */
  private async giveUpUnsent(
    permit: Permit,
    document: RequestDocument,
    inserting: Promise<InsertOutcome>,
  ): Promise<void> {
    if ((await inserting) === 'not_sent') await this.confirm(permit, document, false);
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
