import { Module } from '@nestjs/common';
import { StoredBytesModule } from '../auth/throttle/stored-bytes.module';
import { JournalModule } from '../journal/journal.module';
import { RequestsModule } from '../requests/requests.module';
import { TypesModule } from '../types/types.module';
import { UserQueueModule } from '../user-queue/user-queue.module';
import { AcceptBatchService } from './accept-batch.service';
import { AcceptService } from './accept.service';
import { EnqueueInput } from './enqueue-input.service';
import { EnqueueController } from './enqueue.controller';
import { EnqueueService } from './enqueue.service';
import { IdempotencyService } from './idempotency.service';

/**
 * Takes requests in: a guard protects the enqueue controller, which creates a named Bull queue per user. A named queue
 * is Bull's own layout of keys, with the prefix of the user's shard (`{tw7}`) and the user id as its name. The user's
 * first request creates it in Redis.
 */
@Module({
  imports: [JournalModule, RequestsModule, StoredBytesModule, TypesModule, UserQueueModule],
  controllers: [EnqueueController],
  providers: [AcceptBatchService, AcceptService, EnqueueInput, EnqueueService, IdempotencyService],
})
export class EnqueueModule {}
