import { Injectable, OnApplicationBootstrap, OnApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { Shutdown } from '../../common/process/shutdown';
import { SECOND_MS } from '../../common/time/units';
import { WorkerSettings } from '../../config/settings';
import { WorkerChannel } from '../../queue/worker-channel.service';
import { ClaimLoop } from '../turns/claim-loop';
import { Isolation } from './isolation/isolation.service';
import { LeaseKeeper } from './lease-keeper.service';
import { Processor } from './processor.service';
import { HeldTurns } from './held-turns.service';
import { Watchdog } from './watchdog/watchdog.service';

/** Time for handlers to end after they were told to stop at a shutdown. */
const STOPPING_MS = 5 * SECOND_MS;

/** Time to hand back an attempt that was ended with its isolated process. */
const HANDING_BACK_MS = SECOND_MS;

/**
 * This process as a worker: starts to claim when the application is up, and stops when it leaves. At the end it gives
 * handlers the grace period to finish, tells the rest to stop, and hands back unfinished requests.
 */
@Injectable()
export class WorkerService implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly log = new EventLog(WorkerService.name);
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly turns: HeldTurns,
    private readonly loop: ClaimLoop,
    private readonly processor: Processor,
    private readonly leases: LeaseKeeper,
    private readonly watchdog: Watchdog,
    private readonly isolation: Isolation,
    private readonly channel: WorkerChannel,
    private readonly settings: WorkerSettings,
    shutdown: Shutdown,
  ) {
    // While the process still serves calls, other workers serve the users, and what runs here gets that time too.
    shutdown.onLeave(() => void this.stopClaiming());
  }

  onApplicationBootstrap(): void {
    this.stopListening = this.channel.listen(this.turns.worker, {
      wake: (shard) => this.loop.wake(shard),
      abort: (requestId) => this.turns.all.find(({ job }) => job.requestId === requestId)?.stop('cancelled'),
    });
    this.watchdog.start();
    this.leases.start();
    this.loop.start();
    this.log.write('worker.started', { worker: this.turns.worker, slots: this.settings.concurrency });
  }

  async onModuleDestroy(): Promise<void> {
    this.stopListening();
    await this.stopClaiming();
    await this.turns.whenNone(AbortSignal.timeout(this.settings.shutdownGraceMs));
    const left = this.turns.all;
    if (left.length > 0) this.log.write('worker.handing_back', { requests: left.length });
    for (const turn of left) turn.stop('shutdown');
    // A handler that ignores this keeps its lease to the end: no other may start before this process is gone. (P1)
    await this.turns.whenNone(AbortSignal.timeout(STOPPING_MS));
    await this.isolation.close();
    await this.turns.whenNone(AbortSignal.timeout(HANDING_BACK_MS));
  }

  /** Leases no more turns; running handlers continue and receive aborts. Safe to call twice. */
  private async stopClaiming(): Promise<void> {
    this.processor.close();
    await this.loop.stop();
  }

  /** Runs last: a lease is kept as long as its handler may still be running. */
  onApplicationShutdown(): void {
    this.leases.stop();
  }
}
