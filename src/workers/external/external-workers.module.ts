import { Module } from '@nestjs/common';
import { JournalModule } from '../../journal/journal.module';
import { TurnsModule } from '../turns/turns.module';
import { TypesModule } from '../../types/types.module';
import { ExternalClaims } from './external-claims.service';
import { ExternalRecords } from './external-records.service';
import { ExternalTurns } from './external-turns.service';
import { WorkController } from './work.controller';
import { WorkService } from './work.service';

/** Serves external workers: claim, extend, complete, fail. */
@Module({
  imports: [JournalModule, TurnsModule, TypesModule],
  controllers: [WorkController],
  providers: [ExternalClaims, ExternalRecords, ExternalTurns, WorkService],
})
export class ExternalWorkersModule {}
