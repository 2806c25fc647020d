import { Injectable, OnModuleDestroy } from '@nestjs/common';

/** Exit code of a process that wants to be restarted at once (sysexits.h: temporary failure). */
const EXIT_REPLACE = 75;

/** Exit code for a wrong configuration (sysexits.h): restarting will not help. */
export const EXIT_CONFIGURATION = 78;

/**
 * Whether this process is shutting down.
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

  /** No longer ready. Stays true until the end. */
  get isLeaving(): boolean {
    return this.left;
  }

  get hasBegun(): boolean {
    return this.started;
  }

  /** The exit code of an orderly end. */
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

  /** Calls back when the end begins, before anything closes: modules close one after the other. */
  onBegin(listener: () => void): void {
    if (this.started) listener();
    else this.listeners.push(listener);
  }

  /** Sets what ends this process when it asks to be replaced. */
  onReplace(end: () => void): void {
    this.replace = end;
  }

  /** Asks for an orderly end, after which another process takes this one's place. */
  requestReplacement(): void {
    this.requestEnd(EXIT_REPLACE);
  }

  /** Asks for an orderly end with this exit code. */
  requestEnd(code: number): void {
    if (this.left) return;
    this.code = code;
    this.replace();
  }

  onModuleDestroy(): void {
    this.begin();
  }
}
