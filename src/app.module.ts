import { DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module';
import { AuthModule } from './auth/auth.module';
import { StoredBytesModule } from './auth/throttle/stored-bytes.module';
import { ClockModule } from './common/time/clock.module';
import { ConfigModule } from './config/config.module';
import type { Role, Settings } from './config/settings';
import { ConsoleModule } from './console/console.module';
import { EnqueueModule } from './enqueue/enqueue.module';
import { EventsModule } from './events/events.module';
import { HealthModule } from './health/health.module';
import { HttpModule } from './http/http.module';
import { MaintenanceModule } from './maintenance/maintenance.module';
import { MetricsModule } from './metrics/metrics.module';
import { DriversModule } from './stores/drivers.module';
import { MongoModule } from './stores/mongo/mongo.module';
import { RedisModule } from './stores/redis/redis.module';
import { QueueModule } from './queue/queue.module';
import { MongoPendingRequests } from './journal/mongo-pending-requests';
import { JournalModule } from './journal/journal.module';
import { TracingModule } from './tracing/tracing.module';
import { ThroughputModule } from './throughput/throughput.module';
import { RequestsModule } from './requests/requests.module';
import { UserEventsModule } from './user-events/user-events.module';
import { UserQueueModule } from './user-queue/user-queue.module';
import { CallbacksModule } from './webhooks/callbacks/callbacks.module';
import { SigningModule } from './webhooks/signing.module';
import { WebhooksModule } from './webhooks/webhooks.module';
import { ExternalWorkersModule } from './workers/external/external-workers.module';
import { IsolatedModule } from './workers/in-process/isolation/isolated.module';
import { InProcessWorkersModule } from './workers/in-process/in-process-workers.module';

type Imports = NonNullable<DynamicModule['imports']>;

/** What handlers may need: the configuration and the stores. */
const common = (settings: Settings) => [
  ConfigModule.of(settings),
  ClockModule,
  EventsModule,
  MongoModule,
  RedisModule,
  SigningModule,
];

/** What every process that serves users has, including the queue and a way to look at it. */
const base = (settings: Settings) => [
  ...common(settings),
  QueueModule.forRoot({ imports: [JournalModule], pending: MongoPendingRequests }),
  HttpModule,
  MetricsModule,
  HealthModule,
  StoredBytesModule,
  ThroughputModule,
  TracingModule.of(settings),
  DriversModule,
];

/** What takes requests in. */
const api = [
  AuthModule,
  EnqueueModule,
  RequestsModule,
  UserQueueModule,
  UserEventsModule,
  ExternalWorkersModule,
  AdminModule,
  WebhooksModule,
  ConsoleModule,
];

/** Runs requests, and does the maintenance. */
const worker = (program?: string) => [InProcessWorkersModule.of(program), CallbacksModule, MaintenanceModule];

const byRole = (role: Role, program?: string) =>
  ({ all: [...api, ...worker(program)], api, worker: worker(program) })[role];

/** One process in its role. Only imports. */
@Module({})
export class AppModule {
  /**
   * @param own modules of the custom handlers
   * @param program the file of the program that this process runs, to run suspects in a separate process
   */
  static of(settings: Settings, own: Imports = [], program?: string): DynamicModule {
    return { module: AppModule, imports: [...base(settings), ...byRole(settings.role, program), ...own] };
  }

  /** A process that runs handlers for another one. It is in no list of processes, claims nothing, and listens nowhere. */
  static isolated(settings: Settings, own: Imports = []): DynamicModule {
    return { module: AppModule, imports: [...common(settings), IsolatedModule, ...own] };
  }
}
