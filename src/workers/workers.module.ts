import { Module } from '@nestjs/common';
import { HandlersModule } from '../handlers/handlers.module';
import { ControlModule } from '../requests/control/control.module';
import { RequestRecordModule } from '../requests/record/request-record.module';
import { AttemptRunner } from './attempt-runner.service';
import { ClaimLoop } from './claim-loop.service';
import { HandBack } from './hand-back.service';
import { Lanes } from './lanes.service';
import { LeaseKeeper } from './lease-keeper.service';
import { NotesWriter } from './notes-writer.service';
import { Processor } from './processor.service';
import { Recorder } from './recorder.service';
import { Turns } from './turns.service';
import { Watchdog } from './watchdog.service';
import { WorkerService } from './worker.service';

/** Serves the users' queues: claim, check, run, record, settle. */
@Module({
  imports: [HandlersModule, RequestRecordModule, ControlModule],
  providers: [
    AttemptRunner,
    ClaimLoop,
    HandBack,
    Lanes,
    LeaseKeeper,
    NotesWriter,
    Processor,
    Recorder,
    Turns,
    Watchdog,
    WorkerService,
  ],
})
export class WorkersModule {}
