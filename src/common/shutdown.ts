import { Injectable, OnModuleDestroy } from '@nestjs/common';

/** How a process ends that wants to be started again at once (sysexits.h: temporary failure). */
const EXIT_REPLACE = 75;

/** Whether this process is on its way out: it is not ready any more, and takes no new calls. */
@Injectable()
export class Shutdown implements OnModuleDestroy {
  private started = false;
  private code = 0;
  private replace: () => void = () => undefined;
  private readonly listeners: (() => void)[] = [];

  get hasBegun(): boolean {
    return this.started;
  }

  /** What the process ends with, if it ends in order. */
  get exitCode(): number {
    return this.code;
  }

  /** Safe to call twice. */
  begin(): void {
    if (this.started) return;
    this.started = true;
    for (const listener of this.listeners) listener();
  }

  /** Calls back when the end begins, before anything is closed: modules are closed one after the other. */
  onBegin(listener: () => void): void {
    if (this.started) listener();
    else this.listeners.push(listener);
  }

  /** What ends this process when it asks to be replaced. */
  onReplace(end: () => void): void {
    this.replace = end;
  }

  /** Asks for an end in order, after which another process takes this one's place. */
  requestReplacement(): void {
    if (this.started) return;
    this.code = EXIT_REPLACE;
    this.replace();
  }

  onModuleDestroy(): void {
    this.begin();
  }
}
