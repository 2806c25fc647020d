import { DynamicModule, Module } from '@nestjs/common';
import { ClockModule } from '../../common/time/clock.module';
import { ConfigModule } from '../../config/config.module';
import type { Settings } from '../../config/settings';
import { JournalModule } from '../../journal/journal.module';
import { ShardMoves } from '../../journal/shard-moves';
import { EpochStore } from '../../queue/epochs/epoch.store';
import { Layouts, LAYOUTS } from '../../queue/epochs/layouts';
import { ProcessStore } from '../../queue/epochs/process.store';
import { ProcessWatch } from '../../queue/epochs/process-watch.service';
import { ShardChangeStore } from '../../queue/epochs/shard-change.store';
import { RedisOwner } from '../../queue/recovery/foreign-redis';
import { ShardSweep } from '../../queue/recovery/shard-sweep';
import { ScriptRunner } from '../../queue/scripts/script-runner';
import { MongoModule } from '../../stores/mongo/mongo.module';
import { RedisModule } from '../../stores/redis/redis.module';
import { UsersModule } from '../../users/users.module';
import { ChangeShards } from './change-shards';

/** What the change of the number of shards needs: both stores, and nothing that serves. */
@Module({})
export class ChangeShardsModule {
  static of(settings: Settings): DynamicModule {
    return {
      module: ChangeShardsModule,
      imports: [ConfigModule.of(settings), ClockModule, MongoModule, RedisModule, JournalModule, UsersModule],
      providers: [
        { provide: Layouts, useValue: LAYOUTS },
        ChangeShards,
        EpochStore,
        ProcessStore,
        ProcessWatch,
        RedisOwner,
        ScriptRunner,
        ShardChangeStore,
        ShardMoves,
        ShardSweep,
      ],
    };
  }
}
