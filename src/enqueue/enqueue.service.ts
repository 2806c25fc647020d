import { Injectable } from '@nestjs/common';
import { StoredBytes } from '../auth/throttle/stored-bytes';
import { Problem } from '../common/errors/problem';
import { EventBus } from '../events/event-bus';
import { AcceptBatchService } from './accept-batch.service';
import type { Accepted, AcceptInput } from './accept-input';
import { AcceptService } from './accept.service';
import type { EnqueueCall } from './enqueue-call.decorator';
import { EnqueueInput } from './enqueue-input.service';
import type { EnqueueBatchDto, EnqueueDto } from './enqueue.dto';

/** Bytes of a request in MongoDB besides payload and result, with its index entries (docs/scaling.md). */
const REQUEST_BYTES = 1024;

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
    const { caller, sourceOf, idempotencyKey } = call;
    const [accepted] = await this.told(
      call,
      async () => [await this.input.one(caller.userId, dto, sourceOf, idempotencyKey)],
      async ([input]) => [await this.accepting.accept(input!)],
    );
    return accepted!;
  }

  /** All or none. @throws Problem as above */
  async enqueueBatch(dto: EnqueueBatchDto, call: EnqueueCall): Promise<Accepted[]> {
    const { caller, sourceOf, idempotencyKey } = call;
    return this.told(
      call,
      () => this.input.batch(caller.userId, dto, sourceOf, idempotencyKey),
      (inputs) => this.acceptingBatches.accept(inputs),
    );
  }

  /** Publishes the outcome of a call: accepted and stored, replayed, or why it failed. */
  private async told(
    { caller: { userId }, traceparent }: EnqueueCall,
    check: () => Promise<readonly AcceptInput[]>,
    accept: (inputs: readonly AcceptInput[]) => Promise<Accepted[]>,
  ): Promise<Accepted[]> {
    try {
      const inputs = (await check()).map((input) => this.prepared(input, traceparent));
      const accepted = await accept(inputs);
      // A batch is replayed as a whole, and then stores nothing.
      if (!accepted.some(({ replayed }) => replayed))
        this.events.emit('bytes.stored', { userId, bytes: bytesOf(inputs) });
      for (const { requestId, type, replayed, firstAnswer } of accepted)
        if (replayed) this.events.emit('request.replayed', { userId, requestId, traceparent });
        else {
          const { position } = firstAnswer;
          this.events.emit('request.accepted', { userId, requestId, type, position, traceparent });
        }
      return accepted;
    } catch (error) {
      this.events.emit('request.refused', { code: error instanceof Problem ? error.code : 'internal' });
      throw error;
    }
  }

  /** Adds the call's trace, and the refusal if the user has reached the storage limit. */
  private prepared(input: AcceptInput, traceparent: string | undefined): AcceptInput {
    const refusal = this.stored.refusal(input.userId);
    if (traceparent === undefined && refusal === undefined) return input;
    const options = traceparent === undefined ? input.options : { ...input.options, traceparent };
    return { ...input, options, refusal };
  }
}

const bytesOf = (inputs: readonly AcceptInput[]) =>
  inputs.reduce((sum, { payload }) => sum + Buffer.byteLength(payload) + REQUEST_BYTES, 0);
