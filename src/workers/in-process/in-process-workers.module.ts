import { DynamicModule, Global, Module } from '@nestjs/common';
import { HandlersModule } from '../../handlers/handlers.module';
import { Clock } from '../../common/time/clock';
import { WorkerSlots } from '../../events/worker-slots';
import { ShardScripts } from '../../queue/scripts/shard-scripts.service';
import { EpochView } from '../../queue/epochs/epoch-view.service';
import { JournalModule } from '../../journal/journal.module';
import { ClaimLoop } from '../turns/claim-loop';
import { DueShards } from '../turns/due-shards';
import { HandBack } from '../turns/hand-back';
import { ServerClocks } from '../turns/server-clock';
import { TurnsModule } from '../turns/turns.module';
import { AttemptRunner } from './attempt-runner.service';
import { Isolation, OWN_PROGRAM } from './isolation/isolation.service';
import { Lanes } from './lanes.service';
import { LeaseKeeper } from './lease-keeper.service';
import { NotesWriter } from './notes-writer.service';
import { InProcessClaimant } from './in-process-claimant.service';
import { Processor } from './processor.service';
import { SlotReader } from './slots.service';
import { SlotShares } from './slot-shares.service';
import { HeldTurns } from './held-turns.service';
import { Watchdog } from './watchdog/watchdog.service';
import { WorkerService } from './worker.service';

/** Serves users' queues: claim, look up, run, record, settle. Global, because the metrics show its slots. */
@Global()
@Module({
  imports: [HandlersModule, JournalModule, TurnsModule],
  providers: [
    AttemptRunner,
    {
      provide: HandBack,
      inject: [HeldTurns, ShardScripts, Clock],
      useFactory: (turns: HeldTurns, scripts: ShardScripts, clock: Clock) =>
        new HandBack(turns, scripts, clock),
    },
    {
      provide: DueShards,
      inject: [ServerClocks],
      useFactory: (serverClocks: ServerClocks) => new DueShards(serverClocks),
    },
    {
      provide: ClaimLoop,
      inject: [InProcessClaimant, HandBack, ShardScripts, EpochView, DueShards, Clock],
      useFactory: (
        claimant: InProcessClaimant,
        handBack: HandBack,
        scripts: ShardScripts,
        view: EpochView,
        shards: DueShards,
        clock: Clock,
      ) => new ClaimLoop(claimant, handBack, scripts, view, shards, clock),
    },
    Isolation,
    Lanes,
    LeaseKeeper,
    NotesWriter,
    InProcessClaimant,
    Processor,
    SlotReader,
    SlotShares,
    { provide: WorkerSlots, useExisting: SlotReader },
    HeldTurns,
    Watchdog,
    WorkerService,
  ],
  exports: [WorkerSlots],
})
export class InProcessWorkersModule {
  /** @param program the file of the program that this process runs, to isolate suspects; undefined: no isolation */
  static of(program: string | undefined): DynamicModule {
    const providers = program === undefined ? [] : [{ provide: OWN_PROGRAM, useValue: program }];
    return { module: InProcessWorkersModule, providers };
  }
}
