import { Injectable, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { EventLog } from '../../common/log/event-log';
import { HOUR_MS } from '../../common/time/units';
import { AuthSettings } from '../../config/settings';
import { SecretStore } from './secret-store.service';

/** Other processes may seal under another secret for a while, so it repeats. */
const AGAIN_MS = HOUR_MS;

/**
 * During a rotation of JWT_SECRET, seals everything again under the first secret, so that the old one can be removed.
 * Every process does this; doing it twice is harmless.
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
