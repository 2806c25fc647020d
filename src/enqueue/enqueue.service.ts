import { Injectable } from '@nestjs/common';
import { StoredBytes } from '../auth/throttle/stored-bytes';
import { errorCodeOf, Problem } from '../common/errors/problem';
import { EventBus } from '../events/event-bus';
import { AcceptBatchService } from './accept-batch.service';
import type { Accepted, AcceptInput, Idempotency, Repeatable } from './accept-input';
import { AcceptService } from './accept.service';
import type { EnqueueCall } from './enqueue-call.decorator';
import { EnqueueInput } from './enqueue-input.service';
import type { EnqueueBatchDto, EnqueueDto } from './enqueue.dto';

/** Bytes of a request in MongoDB besides payload and result, with its index entries (docs/scaling.md). */
const REQUEST_BYTES = 1024;

/** What `/enqueue` and `/enqueue/batch` do differently. */
interface Route {
  readonly name: 'enqueue' | 'batch';
  /** @throws Problem why the body is refused */
  check(idempotency: Idempotency | undefined): Promise<readonly AcceptInput[]>;
  accept(inputs: readonly AcceptInput[]): Promise<Accepted[]>;
  /** @throws Problem the refusal, unless the call is repeated */
  replay(call: Repeatable, refusal: Problem): Promise<Accepted[]>;
}

/** Checks a client's requests and has them accepted. */
@Injectable()
export class EnqueueService {
  constructor(
    private readonly input: EnqueueInput,
    private readonly accepting: AcceptService,
    private readonly acceptingBatches: AcceptBatchService,
    private readonly stored: StoredBytes,
    private readonly events: EventBus,
  ) {}

  /** @throws Problem: a 4xx was never accepted; after a 503 the outcome is unknown */
  async enqueue(dto: EnqueueDto, call: EnqueueCall): Promise<Accepted> {
    const [accepted] = await this.told(call, {
      name: 'enqueue',
      check: async (idempotency) => [await this.input.one(dto, call, idempotency)],
      accept: async ([input]) => [await this.accepting.accept(input!)],
      replay: async (repeatable, refusal) => [await this.accepting.replay(repeatable, refusal)],
    });
    return accepted!;
  }

  /** All or none. @throws Problem as above */
  async enqueueBatch(dto: EnqueueBatchDto, call: EnqueueCall): Promise<Accepted[]> {
    return this.told(call, {
      name: 'batch',
      check: (idempotency) => this.input.batch(dto, call, idempotency),
      accept: (inputs) => this.acceptingBatches.accept(inputs),
      replay: (repeatable, refusal) => this.acceptingBatches.replay(repeatable, refusal),
    });
  }

  /** Publishes the outcome of a call: accepted and stored, replayed, or why it failed. */
  private async told(call: EnqueueCall, route: Route): Promise<Accepted[]> {
    const {
      caller: { userId },
      traceparent,
    } = call;
    try {
      const accepted = await this.accepted(call, route);
      for (const { requestId, type, replayed, firstAnswer } of accepted)
        if (replayed) this.events.emit('request.replayed', { userId, requestId, traceparent });
        else {
          const { position } = firstAnswer;
          this.events.emit('request.accepted', { userId, requestId, type, position, traceparent });
        }
      return accepted;
    } catch (error) {
      this.events.emit('request.refused', { code: errorCodeOf(error) });
      throw error;
    }
  }

  /** A call that was accepted before, with the same key, gets its answer even if it would be refused now. (P3) */
  private async accepted(call: EnqueueCall, route: Route): Promise<Accepted[]> {
    const { userId } = call.caller;
    const { traceparent } = call;
    const idempotency = idempotencyOf(route.name, call);
    let inputs: readonly AcceptInput[];
    try {
      const checked = await route.check(idempotency);
      inputs = traceparent === undefined ? checked : checked.map((input) => traced(input, traceparent));
      const refusal = this.stored.refusal(userId);
      if (refusal) throw refusal;
    } catch (refusal) {
      if (idempotency === undefined || !(refusal instanceof Problem)) throw refusal;
      return route.replay({ userId, idempotency }, refusal);
    }
    const accepted = await route.accept(inputs);
    // A batch is replayed as a whole, and then stores nothing.
    if (!accepted.some(({ replayed }) => replayed))
      this.events.emit('bytes.stored', { userId, bytes: bytesOf(inputs) });
    return accepted;
  }
}

const idempotencyOf = (
  route: Route['name'],
  { idempotencyKey, bodyHash }: EnqueueCall,
): Idempotency | undefined =>
  idempotencyKey === undefined ? undefined : { key: `${route}:${idempotencyKey}`, bodyHash: bodyHash() };

const traced = (input: AcceptInput, traceparent: string): AcceptInput => ({
  ...input,
  options: { ...input.options, traceparent },
});

const bytesOf = (inputs: readonly AcceptInput[]) =>
  inputs.reduce((sum, { payload }) => sum + Buffer.byteLength(payload) + REQUEST_BYTES, 0);
