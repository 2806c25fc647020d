import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { MINUTE_MS } from '../../common/time';
import { AccountEndings } from './account-endings.service';

const EVERY_MS = MINUTE_MS;

/** Looks every minute, on every API process, for accounts whose ending was left unfinished. Mostly there is none. */
@Injectable()
export class AccountEndingsLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(AccountEndingsLoop.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly endings: AccountEndings) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runOnce(), EVERY_MS);
  }

  /** Safe to call twice, and before the start. What is under way is let finish before the stores close. */
  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One look; while one lasts there is no second. */
  runOnce(): Promise<void> {
    this.running ??= this.look().finally(() => (this.running = undefined));
    return this.running;
  }

  private async look(): Promise<void> {
    try {
      await this.endings.runOnce();
    } catch (error) {
      this.log.warn(`an account's ending could not be finished, and will be tried again: ${String(error)}`);
    }
  }
}
