import { randomUUID } from 'node:crypto';
import { getModelToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import request, { type Test } from 'supertest';
import { AuthModule } from '../../../src/auth/auth.module';
import { EnqueueModule } from '../../../src/enqueue/enqueue.module';
import { MongoModule } from '../../../src/stores/mongo/mongo.module';
import { RedisModule } from '../../../src/stores/redis/redis.module';
import { EventBus } from '../../../src/events/event-bus';
import { QueueModule } from '../../../src/queue/queue.module';
import { UserQueues } from '../../../src/queue/user-queues.service';
import { ControlService } from '../../../src/user-queue/control/control.service';
import { Journal } from '../../../src/journal/journal.service';
import { MongoPendingRequests } from '../../../src/journal/mongo-pending-requests';
import type { RequestDocument } from '../../../src/journal/request-document';
import type { QueueChange } from '../../../src/journal/queue-records.service';
import { JournalModule } from '../../../src/journal/journal.module';
import { RequestRecord, requestsOf } from '../../../src/journal/request.schema';
import { RequestsModule } from '../../../src/requests/requests.module';
import { UserQueueModule } from '../../../src/user-queue/user-queue.module';
import { SigningModule } from '../../../src/webhooks/signing.module';
import { dropDatabase, uniqueDatabase } from '../../support/mongo-database';
import { startProbeServer } from '../../support/probe-server';
import { RedisServer } from '../../support/redis-server';
import { examined } from '../../support/examined';
import { until } from '../../support/until';
import { attemptRecord } from '../journal/record-fixture';

/** The API on real stores, without workers: an accepted request waits until a test ends it. */
export class ApiFixture {
  private readonly others: NestFastifyApplication[] = [];

  private constructor(
    readonly redis: RedisServer,
    private readonly mongodbUri: string,
    private readonly variables: Record<string, string>,
    readonly app: NestFastifyApplication,
    private readonly url: string,
  ) {}

  /** @param overrides environment variables */
  static async start(overrides: Record<string, string> = {}): Promise<ApiFixture> {
    const redis = await RedisServer.start();
    const mongodbUri = uniqueDatabase();
    const stores = { REDIS_URL: redis.url, MONGODB_URI: mongodbUri };
    const variables = { ...stores, QUEUE_SHARDS: '1', ...overrides };
    const { app, url } = await startApi(variables);
    return new ApiFixture(redis, mongodbUri, variables, app, url);
  }

  /** Starts another API process on the same stores. @returns its URL */
  async another(): Promise<string> {
    const { app, url } = await startApi(this.variables);
    this.others.push(app);
    return url;
  }

  /** Returns a provider of the application. */
  get<T>(token: new (...args: never[]) => T): T {
    return this.app.get(token, { strict: false });
  }

  get requests(): Collection<RequestDocument> {
    return requestsOf(this.app.get(getModelToken(RequestRecord.name)));
  }

  /** The number of documents that each read of the requests examines during `act`. */
  async examined(act: () => Promise<void>): Promise<number[]> {
    const { db } = this.app.get<Model<RequestRecord>>(getModelToken(RequestRecord.name)).db;
    return examined(db!, 'requests', act);
  }

  /** A new user, logged in. */
  async user(): Promise<ApiUser> {
    const account = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' };
    const { body } = await request(this.url).post('/auth/register').send(account).expect(201);
    const login = await request(this.url).post('/auth/login').send(account).expect(200);
    return new ApiUser(this.url, body.id, login.body.accessToken, this.app);
  }

  /** Ends a request as a worker would: in this process, or in another one, whose event does not arrive here. */
  async end(requestId: string, where: 'here' | 'elsewhere' = 'here'): Promise<void> {
    const document = await this.requests.findOne({ _id: requestId });
    const { userId = '', type = '' } = document ?? {};
    const outcome = { requestId, token: 9, attempt: 1, record: attemptRecord() };
    await this.get(Journal).recordOutcome({ ...outcome, then: { kind: 'succeeded', result: '{"n":1.10}' } });
    if (where === 'here')
      this.app.get(EventBus).emit('request.ended', { userId, requestId, type, status: 'succeeded' });
  }

  async stop(): Promise<void> {
    for (const app of [this.app, ...this.others]) await app.close();
    await this.redis.stop();
    await dropDatabase(this.mongodbUri);
  }
}

/** A process of the API. Its shard is open when this resolves. */
async function startApi(variables: Record<string, string>) {
  const queue = QueueModule.forRoot({ imports: [JournalModule], pending: MongoPendingRequests });
  const routes = [EnqueueModule, RequestsModule, UserQueueModule];
  const imports = [MongoModule, RedisModule, AuthModule, SigningModule, queue, ...routes];
  const started = await startProbeServer({ imports }, variables);
  const queues = started.app.get(UserQueues);
  await until('the shard is open', async () => (await queues.snapshot('u')) !== undefined);
  return started;
}

export class ApiUser {
  constructor(
    private readonly url: string,
    readonly id: string,
    private readonly token: string,
    private readonly app: NestFastifyApplication,
  ) {}

  /** The same user, calling another process. */
  at(url: string): ApiUser {
    return new ApiUser(url, this.id, this.token, this.app);
  }

  /** Sets what an operator can set for this user. */
  async control(change: QueueChange): Promise<void> {
    await this.app.get(ControlService, { strict: false }).change(this.id, change);
  }

  /** @param body a string is sent unchanged, as JSON text */
  enqueue(body: string | object, headers: Record<string, string> = {}): Test {
    return this.post('/enqueue', body, headers);
  }

  post(path: string, body: string | object, headers: Record<string, string> = {}): Test {
    const call = request(this.url).post(path).auth(this.token, { type: 'bearer' });
    return call.set(headers).set('content-type', 'application/json').send(body);
  }

  get(path: string): Test {
    return request(this.url).get(path).auth(this.token, { type: 'bearer' });
  }

  delete(path: string): Test {
    return request(this.url).delete(path).auth(this.token, { type: 'bearer' });
  }

  /** The IDs of all pages of a list. */
  async allPages(query: string, after?: string): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor = after === undefined ? '' : `&cursor=${after}`; ;) {
      const { body } = await this.get(`/requests?${query}${cursor}`).expect(200);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.nextCursor === null) return ids;
      cursor = `&cursor=${body.nextCursor}`;
    }
  }
}
