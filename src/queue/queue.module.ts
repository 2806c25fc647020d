import { DynamicModule, Module, ModuleMetadata, Type } from '@nestjs/common';
import { ShutdownModule } from '../common/process/shutdown.module';
import { ClusterGauges } from '../events/cluster-gauges';
import { ClusterState } from './cluster-state.service';
import { PendingRequests } from './pending-requests';
import { QueueControls } from './queue-controls.service';
import { BullReader } from './bull-reader.service';
import { ExpiredPlaces } from './expired-places.service';
import { Mending } from './mending.service';
import { Reconciler } from './reconciler.service';
import { Acknowledgements } from './recovery/acknowledgements';
import { Rebuild } from './recovery/rebuild.service';
import { RedisOwner } from './recovery/foreign-redis';
import { RecoveryRecords } from './recovery/recovery-records.service';
import { RecoveryService } from './recovery/recovery.service';
import { ScriptRunner } from './scripts/script-runner';
import { ShardScripts } from './scripts/shard-scripts.service';
import { UserEvents } from './user-events.service';
import { UserQueues } from './user-queues.service';
import { Layouts, LAYOUTS } from './epochs/layouts';
import { Admission } from './epochs/admission.service';
import { ProcessStore } from './epochs/process.store';
import { ProcessWatch } from './epochs/process-watch.service';
import { EpochView } from './epochs/epoch-view.service';
import { EpochStore } from './epochs/epoch.store';
import { EpochWatcher } from './epochs/epoch-watcher.service';
import { WorkerChannel } from './worker-channel.service';

export interface QueueModuleOptions {
  /** The module that has the record of pending requests. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** Its provider that reads them. */
  readonly pending: Type<PendingRequests>;
}

/**
 * One named Bull queue per user in Redis, and the protocol that serves each strictly in turn
 * (docs/queue-protocol.md). Knows no request document and no endpoint.
 */
@Module({})
export class QueueModule {
  static forRoot({ imports, pending }: QueueModuleOptions): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [ShutdownModule, ...imports],
      providers: [
        { provide: Layouts, useValue: LAYOUTS },
        Admission,
        { provide: PendingRequests, useExisting: pending },
        { provide: ClusterGauges, useExisting: ClusterState },
        Acknowledgements,
        ClusterState,
        ExpiredPlaces,
        Mending,
        ProcessStore,
        ProcessWatch,
        QueueControls,
        BullReader,
        Rebuild,
        Reconciler,
        RecoveryRecords,
        RecoveryService,
        RedisOwner,
        ScriptRunner,
        ShardScripts,
        UserEvents,
        UserQueues,
        EpochView,
        EpochStore,
        EpochWatcher,
        WorkerChannel,
      ],
      exports: [
        ClusterGauges,
        ClusterState,
        ExpiredPlaces,
        ProcessStore,
        QueueControls,
        BullReader,
        Mending,
        Reconciler,
        RecoveryRecords,
        ShardScripts,
        UserEvents,
        UserQueues,
        EpochView,
        WorkerChannel,
      ],
    };
  }
}
