import { Module } from '@nestjs/common';
import { JournalModule } from '../../journal/journal.module';
import { ControlService } from './control.service';
import { Halts } from './halts.service';
import { PurgeService } from './purge.service';

/** Stops, limits and empties a user's queue: first recorded in MongoDB, then applied in Redis. */
@Module({
  imports: [JournalModule],
  providers: [ControlService, Halts, PurgeService],
  exports: [ControlService, Halts, PurgeService],
})
export class ControlModule {}
