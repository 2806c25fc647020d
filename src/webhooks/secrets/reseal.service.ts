import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { HOUR_MS } from '../../common/time/units';
import { AuthSettings } from '../../config/settings';
import { SecretStore } from './secret-store.service';

/** Processes that seal under another secret may go on for a while. */
const AGAIN_MS = HOUR_MS;

/**
 * During a rotation of JWT_SECRET, seals everything that was sealed under another secret again under the first, so
 * that the other can be removed. Every process does so; doing it twice does no harm.
 */
@Injectable()
export class Reseal implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new EventLog(Reseal.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: SecretStore,
    private readonly settings: AuthSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.jwtSecrets.length === 1) return;
    this.start();
    this.timer = setInterval(() => this.start(), AGAIN_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.store.stopResealing();
    await this.running;
  }

  private start(): void {
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  private async run(): Promise<void> {
    try {
      this.log.write('secrets.resealed', { resealed: await this.store.resealAll() });
    } catch (cause) {
      this.log.write('step.failed', { step: 'reseal webhook secrets', cause });
    }
  }
}
