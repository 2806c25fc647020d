import { Module } from '@nestjs/common';
import { HandlersModule } from '../../handlers/handlers.module';
import { JournalModule } from '../../journal/journal.module';
import { CallbackAttempt } from './callback-attempt.service';
import { CallbackLoop } from './callback-loop.service';
import { CallbackStore } from './callback-store.service';

/** Tells callback URLs of the ends of requests. */
@Module({
  imports: [HandlersModule, JournalModule],
  providers: [CallbackAttempt, CallbackLoop, CallbackStore],
})
export class CallbacksModule {}
