import { getModelToken } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../../src/common/time/clock';
import { tagOf } from '../../../src/queue/keys';
import { Mending } from '../../../src/queue/mending.service';
import { UserQueues } from '../../../src/queue/user-queues.service';
import type { AcceptInput } from '../../../src/enqueue/accept-input';
import { AcceptBatchService } from '../../../src/enqueue/accept-batch.service';
import { AcceptService } from '../../../src/enqueue/accept.service';
import { DrainService } from '../../../src/user-queue/drain.service';
import { Journal } from '../../../src/journal/journal.service';
import type { RequestDocument } from '../../../src/journal/request-document';
import { RequestRecord, requestsOf } from '../../../src/journal/request.schema';
import { IdempotencyService } from '../../../src/enqueue/idempotency.service';
import { QueueDriver } from '../../support/queue-driver';
import { QueueFixture, QueueProcess } from '../../support/queue-fixture';
import { testSettings } from '../../support/test-settings';

export const MAX_DEPTH = 30;
export const MAX_BYTES = 1024 * 1024;

interface Parts {
  readonly queues?: UserQueues;
  readonly journal?: Journal;
  readonly holdMs?: number;
}

/** Accepts requests on real stores, without HTTP and without workers. */
export class AcceptFixture {
  private users = 0;

  private constructor(
    private readonly fixture: QueueFixture,
    private readonly process: QueueProcess,
    readonly requests: Collection<RequestDocument>,
  ) {}

  static async start(): Promise<AcceptFixture> {
    const fixture = await QueueFixture.start();
    const process = await fixture.process({ QUEUE_MAX_MB: '1' });
    const model = process.module.get<Model<RequestRecord>>(getModelToken(RequestRecord.name));
    return new AcceptFixture(fixture, process, requestsOf(model));
  }

  get queues(): UserQueues {
    return this.process.queues;
  }

  get journal(): Journal {
    return this.process.get(Journal);
  }

  /** An API process with some parts replaced, for example to make them fail. */
  accepting(parts: Parts = {}): AcceptService {
    return new AcceptService(...this.partsWith(parts));
  }

  /** The same for batches. */
  acceptingBatches(parts: Parts = {}): AcceptBatchService {
    return new AcceptBatchService(...this.partsWith(parts));
  }

  private partsWith({ queues = this.queues, journal = this.journal, holdMs }: Parts) {
    const { queue } = testSettings();
    return [
      queues,
      journal,
      new IdempotencyService(queues, journal, this.process.get(Mending), this.requests),
      new DrainService(this.requests),
      {
        ...{ ...queue, shards: 2, holdMs: holdMs ?? queue.holdMs },
        ...{ maxDepth: MAX_DEPTH, maxBytes: MAX_BYTES, dailyBytes: 0 },
      },
      new Clock(),
    ] as const;
  }

  /** Another process of the cluster, with its own parts. */
  async secondProcess(): Promise<AcceptService> {
    const { queues, module } = await this.fixture.process();
    return this.accepting({ queues, journal: module.get(Journal) });
  }

  newUser(): string {
    return `user-${this.users++}`;
  }

  async read(requestId: string): Promise<RequestDocument | null> {
    return this.requests.findOne({ _id: requestId });
  }

  /** A request's job in Redis; empty if it does not exist. */
  async job(userId: string, requestId: string): Promise<Record<string, string>> {
    return this.fixture.redis
      .client()
      .hgetall(`${tagOf(this.queues.shardOf(userId))}:${userId}:${requestId}`);
  }

  /** Loses a request's job in Redis. */
  async lose(userId: string, requestId: string): Promise<void> {
    await this.fixture.redis.client().del(`${tagOf(this.queues.shardOf(userId))}:${userId}:${requestId}`);
  }

  /** The queue of a user as a worker drives it. */
  driver(userId: string): QueueDriver {
    return new QueueDriver(this.process, userId);
  }

  async depth(userId: string): Promise<number | undefined> {
    return (await this.queues.snapshot(userId))?.depth;
  }

  async stop(): Promise<void> {
    await this.fixture.stop();
  }
}

export function acceptInput(userId: string, given: Partial<AcceptInput> = {}): AcceptInput {
  return {
    userId,
    type: 'echo',
    lane: 'main',
    payload: '{"n":1.10}',
    options: { attempts: 5, backoff: { type: 'fixed', delay: 300, maxDelay: 300 }, timeout: 1000 },
    runAt: undefined,
    tags: [],
    idempotency: undefined,
    ...given,
  };
}

/** An object with some members replaced. */
export function withParts<T extends object>(whole: T, parts: Partial<T>): T {
  return new Proxy(whole, {
    get: (target, name) => {
      const value: unknown = Reflect.get(name in parts ? parts : target, name);
      return typeof value === 'function' && !(name in parts) ? value.bind(target) : value;
    },
  });
}
