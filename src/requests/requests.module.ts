import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/journal.module';
import { UserQueueModule } from '../user-queue/user-queue.module';
import { UsersModule } from '../users/users.module';
import { AccountRequests } from './account-requests.service';
import { BulkService } from './bulk.service';
import { CancelService } from './cancel.service';
import { DataErasure } from './data-erasure.service';
import { RetryService } from './retry.service';
import { RequestReader } from './request-reader.service';
import { RequestWaiter } from './request-waiter.service';
import { RequestsController } from './requests.controller';
import { ResendService } from './resend.service';
import { SearchSlots } from './search-slots';

/**
 * Shows accepted requests, and takes their users' decisions about them, at `/requests`. `src/enqueue` accepts them: a
 * guard protects the enqueue controller, which creates a named Bull queue per user.
 */
@Module({
  imports: [JournalModule, UserQueueModule, UsersModule],
  controllers: [RequestsController],
  providers: [
    AccountRequests,
    BulkService,
    CancelService,
    DataErasure,
    RetryService,
    RequestReader,
    RequestWaiter,
    ResendService,
    SearchSlots,
  ],
  exports: [BulkService, CancelService, RetryService, RequestReader, RequestWaiter],
})
export class RequestsModule {}
