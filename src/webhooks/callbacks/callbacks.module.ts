import { Module } from '@nestjs/common';
import { HandlersModule } from '../../handlers/handlers.module';
import { JournalModule } from '../../journal/journal.module';
import { CallbackAttempt } from './callback-attempt.service';
import { CallbackLoop } from './callback-loop.service';
import { CallbackStore } from './callback-store.service';

/** Sends callbacks when requests end. */
@Module({
  imports: [HandlersModule, JournalModule],
  providers: [CallbackAttempt, CallbackLoop, CallbackStore],
})
export class CallbacksModule {}
