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
 * What must be done once in the cluster, on a schedule: retention and reconciling (ended sessions leave by a TTL index
 * of their own). An ordinary Bull queue, named `maintenance`: here a job lost or run twice harms nobody.
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
