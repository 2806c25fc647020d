import { DynamicModule, Module } from '@nestjs/common';
import { AdminModule } from './admin/admin.module';
import { AuthModule } from './auth/auth.module';
import { ClockModule } from './common/clock.module';
import { ConfigModule } from './config/config.module';
import type { Role, Settings } from './config/settings';
import { ConsoleModule } from './console/console.module';
import { EventsModule } from './events/events.module';
import { HealthModule } from './health/health.module';
import { HttpModule } from './http/http.module';
import { MaintenanceModule } from './maintenance/maintenance.module';
import { MetricsModule } from './metrics/metrics.module';
import { MongoModule } from './common/mongo/mongo.module';
import { RedisModule } from './common/redis/redis.module';
import { QueueModule } from './queue/queue.module';
import { MongoPendingRequests } from './requests/record/mongo-pending-requests';
import { RequestRecordModule } from './requests/record/request-record.module';
import { RequestsModule } from './requests/requests.module';
import { StreamsModule } from './streams/streams.module';
import { CallbacksModule } from './webhooks/callbacks/callbacks.module';
import { SigningModule } from './webhooks/signing.module';
import { WebhooksModule } from './webhooks/webhooks.module';
import { WorkModule } from './work/work.module';
import { WorkersModule } from './workers/workers.module';

/** What every process has: its configuration, its stores, and a way to look at it. */
const base = (settings: Settings) => [
  ConfigModule.of(settings),
  ClockModule,
  EventsModule,
  MongoModule,
  RedisModule,
  QueueModule.forRoot({ imports: [RequestRecordModule], pending: MongoPendingRequests }),
  SigningModule,
  HttpModule,
  MetricsModule,
  HealthModule,
];

/** What takes requests in. */
const api = [
  AuthModule,
  RequestsModule,
  StreamsModule,
  WorkModule,
  AdminModule,
  WebhooksModule,
  ConsoleModule,
];

/** What runs them, and looks after what was run. */
const worker = [WorkersModule, CallbacksModule, MaintenanceModule];

const BY_ROLE: Record<Role, readonly NonNullable<DynamicModule['imports']>[]> = {
  all: [api, worker],
  api: [api],
  worker: [worker],
};

/** One process in its role; imports only. */
@Module({})
export class AppModule {
  /** @param own modules of handlers that are not the product's own */
  static of(settings: Settings, own: NonNullable<DynamicModule['imports']> = []): DynamicModule {
    return { module: AppModule, imports: [...base(settings), ...BY_ROLE[settings.role].flat(), ...own] };
  }
}
