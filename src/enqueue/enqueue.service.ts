import { Injectable } from '@nestjs/common';
import { Problem } from '../common/errors/problem';
import { EventBus } from '../events/event-bus';
import { AcceptBatchService } from './accept-batch.service';
import type { Accepted, AcceptInput } from './accept-input';
import { AcceptService } from './accept.service';
import type { EnqueueCall } from './enqueue-call.decorator';
import { EnqueueInput } from './enqueue-input.service';
import type { EnqueueBatchDto, EnqueueDto } from './enqueue.dto';

/** Checks what a client wants to enqueue, and has it accepted. */
@Injectable()
export class EnqueueService {
  constructor(
    private readonly input: EnqueueInput,
    private readonly accepting: AcceptService,
    private readonly acceptingBatches: AcceptBatchService,
    private readonly events: EventBus,
  ) {}

  /** @throws Problem: a 4xx was never accepted; after a 503 the outcome is unknown */
  async enqueue(dto: EnqueueDto, call: EnqueueCall): Promise<Accepted> {
    const { caller, sourceOf, idempotencyKey, traceparent } = call;
    const [accepted] = await this.told(call, async () => {
      const input = await this.input.one(caller.userId, dto, sourceOf, idempotencyKey);
      return [await this.accepting.accept(traced(input, traceparent))];
    });
    return accepted!;
  }

  /** All or none. @throws Problem as above */
  async enqueueBatch(dto: EnqueueBatchDto, call: EnqueueCall): Promise<Accepted[]> {
    const { caller, sourceOf, idempotencyKey, traceparent } = call;
    return this.told(call, async () => {
      const inputs = await this.input.batch(caller.userId, dto, sourceOf, idempotencyKey);
      return this.acceptingBatches.accept(inputs.map((input) => traced(input, traceparent)));
    });
  }

  private async told(
    { caller: { userId }, traceparent }: EnqueueCall,
    accept: () => Promise<Accepted[]>,
  ): Promise<Accepted[]> {
    try {
      const accepted = await accept();
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
}

/** The request goes on with the trace of the call. */
const traced = (input: AcceptInput, traceparent: string | undefined): AcceptInput =>
  traceparent === undefined ? input : { ...input, options: { ...input.options, traceparent } };
