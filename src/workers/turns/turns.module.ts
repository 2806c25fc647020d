import { Module } from '@nestjs/common';
import { ControlModule } from '../../user-queue/control/control.module';
import { JournalModule } from '../../journal/journal.module';
import { Recorder } from './recorder.service';
import { ServerClocks } from './server-clock';

/** What the turns of in-process and external workers share: claiming, recording, settling. */
@Module({
  imports: [JournalModule, ControlModule],
  providers: [Recorder, ServerClocks],
  exports: [Recorder, ServerClocks],
})
export class TurnsModule {}
