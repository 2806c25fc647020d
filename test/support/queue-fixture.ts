import { Test, TestingModule } from '@nestjs/testing';
import { ClockModule } from '../../src/common/time/clock.module';
import { MongoModule } from '../../src/stores/mongo/mongo.module';
import { RedisConnection } from '../../src/stores/redis/redis-connection';
import { RedisModule } from '../../src/stores/redis/redis.module';
import { ConfigModule } from '../../src/config/config.module';
import { EventsModule } from '../../src/events/events.module';
import { EventBus } from '../../src/events/event-bus';
import { Layouts, LAYOUTS } from '../../src/queue/epochs/layouts';
import { QueueModule } from '../../src/queue/queue.module';
import { UserQueues } from '../../src/queue/user-queues.service';
import { MongoPendingRequests } from '../../src/journal/mongo-pending-requests';
import { JournalModule } from '../../src/journal/journal.module';
import { dropDatabase, uniqueDatabase } from './mongo-database';
import { RedisServer } from './redis-server';
import { testSettings } from './test-settings';
import { until } from './until';

/** ms: a test calls the queue directly, and repeats no call; none makes Redis silent. */
const PATIENCE_MS = 30_000;

const silent = () => undefined;
/** Tests kill stores on purpose; the log lines about that do not belong in the test's output. */
const SILENT = { log: silent, warn: silent, error: silent };

/** The queue module of a process on real stores, without API and workers. */
export interface QueueProcess {
  readonly module: TestingModule;
  readonly queues: UserQueues;
  get<T>(token: new (...args: never[]) => T): T;
  close(): Promise<void>;
}

export class QueueFixture {
  private readonly modules = new Set<TestingModule>();

  private constructor(
    readonly redis: RedisServer,
    readonly mongodbUri: string,
    private readonly variables: Record<string, string>,
  ) {}

  /** @param variables of every process */
  static async start(variables: Record<string, string> = {}): Promise<QueueFixture> {
    return new QueueFixture(await RedisServer.start(), uniqueDatabase(), variables);
  }

  /** Starts on the stores of a cluster, which `stop` does not end. */
  static on({ redis, mongodbUri }: Pick<QueueFixture, 'redis' | 'mongodbUri'>): QueueFixture {
    return new QueueFixture(redis, mongodbUri, {});
  }

  /** Ends the processes, and keeps the stores. */
  async stopProcesses(): Promise<void> {
    await Promise.all([...this.modules].map((each) => each.close()));
  }

  /** Starts another process whose version knows these layouts; every shard is open when this resolves. */
  async process(overrides: Record<string, string> = {}, layouts = LAYOUTS): Promise<QueueProcess> {
    const settings = testSettings({
      REDIS_URL: this.redis.url,
      MONGODB_URI: this.mongodbUri,
      QUEUE_SHARDS: '2',
      ...this.variables,
      ...overrides,
    });
    const module = await Test.createTestingModule({
      imports: [
        ConfigModule.of(settings),
        ClockModule,
        EventsModule,
        MongoModule,
        RedisModule,
        JournalModule,
        QueueModule.forRoot({ imports: [JournalModule], pending: MongoPendingRequests }),
      ],
    })
      .overrideProvider(Layouts)
      .useValue(layouts)
      .setLogger(SILENT)
      .compile();
    // Also for a process that fails to start: its connections are open.
    this.modules.add(module);
    const { options } = module.get(RedisConnection).client;
    Object.assign(options, { commandTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS });
    await module.init();
    const queues = module.get(UserQueues);
    const started: QueueProcess = {
      module,
      queues,
      get: (token) => module.get(token),
      close: () => {
        this.modules.delete(module);
        return module.close();
      },
    };
    await this.open(queues);
    return started;
  }

  /** Waits until both shards are open. */
  async open(queues: UserQueues): Promise<void> {
    await until('both shards are open', async () => {
      const seen = await Promise.all(['u1', 'u2', 'u3', 'u4'].map((user) => queues.snapshot(user)));
      return seen.every((snapshot) => snapshot !== undefined);
    });
  }

  async stop(): Promise<void> {
    await this.stopProcesses();
    await dropDatabase(this.mongodbUri);
    await this.redis.stop();
  }
}

/** The returned function tells how many shards a process has rebuilt since this call. */
export function countRecoveries(each: QueueProcess): () => number {
  let count = 0;
  each.get(EventBus).on('shard.recovered', () => (count += 1));
  return () => count;
}
