import { Module } from '@nestjs/common';
import { HandlersModule } from '../handlers/handlers.module';
import { RequestRecordModule } from '../requests/record/request-record.module';
import { AttemptRunner } from './attempt-runner.service';
import { ClaimLoop } from './claim-loop.service';
import { HandBack } from './hand-back.service';
import { LeaseKeeper } from './lease-keeper.service';
import { NotesWriter } from './notes-writer.service';
import { Processor } from './processor.service';
import { Turns } from './turns.service';
import { Watchdog } from './watchdog.service';
import { WorkerService } from './worker.service';

/** Serves the users' queues: claim, check, run, record, settle. */
@Module({
  imports: [HandlersModule, RequestRecordModule],
  providers: [
    AttemptRunner,
    ClaimLoop,
    HandBack,
    LeaseKeeper,
    NotesWriter,
    Processor,
    Turns,
    Watchdog,
    WorkerService,
  ],
})
export class WorkersModule {}
