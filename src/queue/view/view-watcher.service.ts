import { Injectable, Logger, OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { ChangeStream, Document } from 'mongodb';
import { SECOND_MS } from '../../common/time';
import { QueueSettings } from '../../config/settings';
import { ViewDocument, ViewStore } from './view.store';
import { ViewService } from './view.service';

/**
 * Keeps the view fresh: a read every VIEW/3, and one at once when the change stream tells of a new epoch, so that
 * a recovery is acknowledged in milliseconds. The stream is an accelerator only: without it the reads go on.
 */
@Injectable()
export class ViewWatcher implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger(ViewWatcher.name);
  private timer: NodeJS.Timeout | undefined;
  private stream: ChangeStream<ViewDocument, Document> | undefined;
  private stopped = false;

  constructor(
    private readonly store: ViewStore,
    private readonly view: ViewService,
    private readonly settings: QueueSettings,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.view.open();
    this.poll();
    void this.follow();
  }

  /** After every room has ended its work (their hooks come before), so that nothing is left in this process. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.stream?.close().catch(() => undefined);
    await this.view
      .close()
      .catch((error: unknown) => this.log.warn(`could not leave the list of processes: ${String(error)}`));
  }

  private poll(): void {
    this.timer = setTimeout(() => {
      this.view
        .refresh()
        .catch((error: unknown) => this.log.warn(`the view could not be read: ${String(error)}`))
        .finally(() => {
          if (!this.stopped) this.poll();
        });
    }, this.settings.viewMs / 3);
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      this.stream = this.store.watch();
      try {
        for await (const _change of this.stream) await this.view.refresh().catch(() => undefined);
      } catch {
        // MongoDB is away, or its primary has changed: the reads above go on.
      }
      await this.stream.close().catch(() => undefined);
      if (!this.stopped) await new Promise((resolve) => setTimeout(resolve, SECOND_MS).unref());
    }
  }
}
