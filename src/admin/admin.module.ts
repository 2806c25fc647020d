import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module';
import { JournalModule } from '../journal/journal.module';
import { UserQueueModule } from '../user-queue/user-queue.module';
import { AdminErasuresController } from './admin-erasures.controller';
import { AdminRequestsController } from './admin-requests.controller';
import { AdminQueuesController } from './admin-queues.controller';
import { AdminUsersController } from './admin-users.controller';
import { OverviewController } from './overview/overview.controller';
import { Overview } from './overview/overview.service';
import { PendingCount } from './overview/pending-count.service';
import { StuckController } from './stuck/stuck.controller';
import { UserNames } from './user-names.service';
import { PendingUsers } from './stuck/pending-users.service';
import { ThroughputController } from './throughput/throughput.controller';
import { ThroughputModule } from '../throughput/throughput.module';
import { RequestsModule } from '../requests/requests.module';
import { StuckUsers } from './stuck/stuck-users.service';

/** What admins see of everybody. */
@Module({
  imports: [RequestsModule, UsersModule, UserQueueModule, JournalModule, ThroughputModule],
  controllers: [
    AdminErasuresController,
    AdminUsersController,
    AdminQueuesController,
    AdminRequestsController,
    OverviewController,
    StuckController,
    ThroughputController,
  ],
  providers: [Overview, PendingCount, PendingUsers, StuckUsers, UserNames],
})
export class AdminModule {}
