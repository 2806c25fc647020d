import { BeforeApplicationShutdown, Injectable, OnModuleInit } from '@nestjs/common';
import type { ChangeStream, Document } from 'mongodb';
import { EventLog } from '../../common/log/event-log';
import { EXIT_CONFIGURATION, Shutdown } from '../../common/process/shutdown';
import { SECOND_MS } from '../../common/time/units';
import { viewReadEveryMs } from '../../config/durations';
import { QueueSettings } from '../../config/settings';
import { Admission } from './admission.service';
import { ProcessStore } from './process.store';
import { ProcessWatch, WatchedProcess } from './process-watch.service';
import { CannotServe, StoredEpochDocument } from './epoch-document';
import { EpochStore } from './epoch.store';
import { EpochView } from './epoch-view.service';

/** How long the shutdown waits for remaining work. */
const IDLE_MS = 5 * SECOND_MS;

/**
 * The next read comes this soon after a failed one. A read waits for MongoDB, and meanwhile the driver looks for a
 * primary every half second, so the view is valid again within about a second of MongoDB's return.
 */
const RETRY_MS = SECOND_MS / 2;

/**
 * Keeps the view fresh: reads it every VIEW/3, and at once when the change stream shows a new epoch, so that a
 * recovery is acknowledged within milliseconds. The stream only makes it faster: without it the reads continue. Each
 * time it also looks which other processes are alive.
 */
@Injectable()
export class EpochWatcher implements OnModuleInit, BeforeApplicationShutdown {
  private readonly log = new EventLog(EpochWatcher.name);
  /** Whether the last read failed. */
  private isBlind = false;
  private timer: NodeJS.Timeout | undefined;
  private stream: ChangeStream<StoredEpochDocument, Document> | undefined;
  private stopped = false;

  constructor(
    private readonly store: EpochStore,
    private readonly view: EpochView,
    private readonly processes: ProcessStore,
    private readonly watch: ProcessWatch,
    private readonly admission: Admission,
    private readonly shutdown: Shutdown,
    private readonly settings: QueueSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.admission.enter();
    await this.view.refresh();
    this.log.write('process.listed', { processId: this.processes.id });
    this.poll();
    void this.follow();
  }

  /**
   * Workers have ended by now (their hook runs earlier), and open calls end soon. Then no work is left in this process,
   * and no recovery needs to wait for it. A later hook closes MongoDB's connection.
   */
  async beforeApplicationShutdown(): Promise<void> {
    await this.view.whenIdle(AbortSignal.timeout(IDLE_MS));
    this.stopped = true;
    clearTimeout(this.timer);
    await this.stream?.close().catch(() => undefined);
    await this.view
      .close()
      .catch((cause: unknown) =>
        this.log.write('step.failed', { step: 'leave the list of processes', cause }),
      );
  }

  private poll(): void {
    this.timer = setTimeout(
      () => {
        void this.look().finally(() => {
          if (!this.stopped) this.poll();
        });
      },
      Math.min(viewReadEveryMs(this.settings), this.isBlind ? RETRY_MS : Infinity),
    );
  }

  /** Reads the view once, and checks which other processes are alive. Never rejects; an outage is one warning. */
  private async look(): Promise<void> {
    try {
      await this.view.refresh();
      const listed = await this.watch.list();
      await this.removeSilent(listed);
      await this.admission.raiseLayout(this.view.layout, listed);
      this.isBlind = false;
    } catch (error) {
      this.endIfItCannotServe(error);
      this.log.write('step.failed', { step: 'read the epoch view', cause: error });
      this.isBlind = true;
    }
  }

  /** Another version, or a process with another number of shards, now serves the queues. (P1) */
  private endIfItCannotServe(error: unknown): void {
    if (error instanceof CannotServe) this.shutdown.requestEnd(EXIT_CONFIGURATION);
  }

  /**
   * Removes dead processes from the list, so that no recovery waits for them; the seq they had seen is kept. (P2)
   */
  private async removeSilent(listed: readonly WatchedProcess[]): Promise<void> {
    const silent = listed.filter(({ isSilent }) => isSilent);
    if (silent.length === 0) return;
    for (const { clock } of silent) this.view.sawSeq(clock);
    await this.view.refresh(); // stores that seq in this process's document, before the other document is gone
    await Promise.all(silent.map((process) => this.processes.remove(process)));
    for (const { _id, role, host } of silent)
      this.log.write('process.silent', { processId: _id, role, host });
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      this.stream = this.store.watch();
      try {
        for await (const _change of this.stream)
          await this.view.refresh().catch((error: unknown) => this.endIfItCannotServe(error));
      } catch {
        // MongoDB is away, or its primary has changed: the reads above continue.
      }
      await this.stream.close().catch(() => undefined);
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, SECOND_MS).unref());
    }
  }
}
