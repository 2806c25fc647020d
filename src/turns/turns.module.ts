import { Module } from '@nestjs/common';
import { ControlModule } from '../requests/control/control.module';
import { RequestRecordModule } from '../requests/record/request-record.module';
import { Recorder } from './recorder.service';

/** What the turns of workers in this process and of those outside have in common: claiming, recording, settling. */
@Module({
  imports: [RequestRecordModule, ControlModule],
  providers: [Recorder],
  exports: [Recorder],
})
export class TurnsModule {}
