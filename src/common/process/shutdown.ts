import { Injectable, OnModuleDestroy } from '@nestjs/common';

/** How a process ends that wants to be started again at once (sysexits.h: temporary failure). */
const EXIT_REPLACE = 75;

/** sysexits.h: the configuration is wrong, and starting again will not help. */
export const EXIT_CONFIGURATION = 78;

/**
 * Whether this process is on its way out.
 *
 *     running -leave-> leaving: not ready, takes no new turns, still serves calls -begin-> ends: takes no new calls
 */
@Injectable()
export class Shutdown implements OnModuleDestroy {
  private left = false;
  private started = false;
  private code = 0;
  private replace: () => void = () => undefined;
  private readonly leaveListeners: (() => void)[] = [];
  private readonly listeners: (() => void)[] = [];

  /** It is no longer ready; true until the end. */
  get isLeaving(): boolean {
    return this.left;
  }

  get hasBegun(): boolean {
    return this.started;
  }

  /** What the process ends with, if it ends in order. */
  get exitCode(): number {
    return this.code;
  }

  /** Safe to call twice. */
  leave(): void {
    if (this.left) return;
    this.left = true;
    for (const listener of this.leaveListeners) listener();
  }

  /** Safe to call twice. */
  begin(): void {
    if (this.started) return;
    this.leave();
    this.started = true;
    for (const listener of this.listeners) listener();
  }

  /** Calls back when the process is no longer ready; calls are still served then. */
  onLeave(listener: () => void): void {
    if (this.left) listener();
    else this.leaveListeners.push(listener);
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
    this.requestEnd(EXIT_REPLACE);
  }

  /** Asks for an end in order, with this exit code. */
  requestEnd(code: number): void {
    if (this.left) return;
    this.code = code;
    this.replace();
  }

  onModuleDestroy(): void {
    this.begin();
  }
}
