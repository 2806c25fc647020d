import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/journal.module';
import { AuditService } from './audit/audit.service';
import { ControlModule } from './control/control.module';
import { DrainService } from './drain.service';
import { QueueChanges } from './queue-changes.service';
import { QueueReader } from './queue-reader.service';
import { QueueController } from './queue.controller';

/** Shows users their queue and lets them change it, at `/queue`. */
@Module({
  imports: [JournalModule, ControlModule],
  controllers: [QueueController],
  providers: [AuditService, DrainService, QueueChanges, QueueReader],
  exports: [ControlModule, DrainService, QueueChanges, QueueReader],
})
export class UserQueueModule {}
