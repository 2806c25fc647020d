import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { ShutdownModule } from '../common/process/shutdown.module';
import { OpenCalls } from './open-calls';
import { ProbeListener } from './probe-listener';
import { ProblemFilter } from './problem.filter';
import { UnreadAnswers } from './unread-answers';
import { DtoValidationPipe } from './validation.pipe';

/** What every route gets: validation by its DTOs, problems as errors, a log line, an orderly shutdown. */
@Module({
  imports: [ShutdownModule],
  providers: [
    OpenCalls,
    ProbeListener,
    ProblemFilter,
    UnreadAnswers,
    { provide: APP_FILTER, useExisting: ProblemFilter },
    { provide: APP_PIPE, useClass: DtoValidationPipe },
  ],
})
export class HttpModule {}
