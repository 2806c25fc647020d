import { BullModule } from '@nestjs/bull';
import { Module } from '@nestjs/common';
import type Bull from 'bull';
import { RedisConnection } from '../stores/redis/redis-connection';
import { ControlModule } from '../user-queue/control/control.module';
import { JournalModule } from '../journal/journal.module';
import { UsersModule } from '../users/users.module';
import { MaintenanceProcessor } from './maintenance.processor';
import { MAINTENANCE } from './maintenance-jobs';
import { MaintenanceSchedule } from './maintenance-schedule.service';

/**
 * What must happen once in the cluster, on a schedule: retention and reconciling (a TTL index removes ended sessions).
 * An ordinary Bull queue, named `maintenance`: a job that is lost or runs twice does no harm here.
 */
@Module({
  imports: [
    JournalModule,
    ControlModule,
    UsersModule,
    BullModule.registerQueueAsync({
      name: MAINTENANCE,
      inject: [RedisConnection],
      useFactory: (redis: RedisConnection): Bull.QueueOptions => ({
        prefix: '{tw:bull}',
        // Blocking calls and subscriptions need connections of their own.
        createClient: (type) => (type === 'client' ? redis.client : redis.dedicated()),
      }),
    }),
  ],
  providers: [MaintenanceProcessor, MaintenanceSchedule],
})
export class MaintenanceModule {}
