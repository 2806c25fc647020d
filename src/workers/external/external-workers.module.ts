import { Module } from '@nestjs/common';
import { RequestRecordModule } from '../../journal/journal.module';
import { TurnsModule } from '../turns/turns.module';
import { TypesModule } from '../../types/types.module';
import { OutsideClaims } from './external-claims.service';
import { OutsideRecords } from './external-records.service';
import { OutsideTurns } from './external-turns.service';
import { WorkController } from './work.controller';
import { WorkService } from './work.service';

/** Serves workers outside: claim, extend, complete, fail. */
@Module({
  imports: [RequestRecordModule, TurnsModule, TypesModule],
  controllers: [WorkController],
  providers: [OutsideClaims, OutsideRecords, OutsideTurns, WorkService],
})
export class WorkModule {}
