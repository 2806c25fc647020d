import { Module } from '@nestjs/common';
import { JournalModule } from '../../journal/journal.module';
import { ControlService } from './control.service';
import { Halts } from './halts.service';
import { PurgeService } from './purge.service';

/** What stops, limits and empties a user's queue: on record first, then in Redis. */
@Module({
  imports: [JournalModule],
  providers: [ControlService, Halts, PurgeService],
  exports: [ControlService, Halts, PurgeService],
})
export class ControlModule {}
