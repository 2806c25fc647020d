import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module';
import { RequestRecordModule } from '../journal/journal.module';
import { RequestsModule } from '../requests/requests.module';
import { AdminErasuresController } from './admin-erasures.controller';
import { AdminQueuesController } from './admin-queues.controller';
import { AdminUsersController } from './admin-users.controller';
import { OverviewController } from './overview/overview.controller';
import { Overview } from './overview/overview.service';
import { StuckController } from './stuck/stuck.controller';
import { StuckUsers } from './stuck/stuck-users.service';

/** What admins see of everybody. */
@Module({
  imports: [UsersModule, RequestsModule, RequestRecordModule],
  controllers: [
    AdminErasuresController,
    AdminUsersController,
    AdminQueuesController,
    OverviewController,
    StuckController,
  ],
  providers: [Overview, StuckUsers],
})
export class AdminModule {}
