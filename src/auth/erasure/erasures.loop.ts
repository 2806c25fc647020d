import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { SECOND_MS } from '../../common/time/units';
import { Erasures } from './erasures.service';

const EVERY_MS = 2 * SECOND_MS;

/** Makes the erasure passes that are due, in every API process. Usually none is: a run is one indexed query. */
@Injectable()
export class ErasuresLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new EventLog(ErasuresLoop.name);
  private readonly closing = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly erasures: Erasures) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runOnce(), EVERY_MS);
  }

  /** Safe to call twice, and before the start. Lets a running pass finish before the stores close. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.closing.abort();
    await this.running;
  }

  /** One run. A call during a run starts no second one. */
  runOnce(): Promise<void> {
    this.running ??= this.look().finally(() => (this.running = undefined));
    return this.running;
  }

  private async look(): Promise<void> {
    try {
      await this.erasures.runOnce(this.closing.signal);
    } catch (cause) {
      this.log.write('step.failed', { step: 'look for erasures', cause });
    }
  }
}
