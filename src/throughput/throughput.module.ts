import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ThroughputCounter } from './throughput-counter.service';
import { ThroughputRecords } from './throughput-records.service';
import { ThroughputRecord, ThroughputSchema } from './throughput.schema';

/** What the whole cluster accepts and ends, minute by minute, from every process of any role. */
@Module({
  imports: [MongooseModule.forFeature([{ name: ThroughputRecord.name, schema: ThroughputSchema }])],
  providers: [ThroughputCounter, ThroughputRecords],
  exports: [ThroughputRecords],
})
export class ThroughputModule {}
