import { Injectable, OnModuleDestroy } from '@nestjs/common';

/** Whether this process is on its way out: it is not ready any more, and takes no new calls. */
@Injectable()
export class Shutdown implements OnModuleDestroy {
  private started = false;

  get hasBegun(): boolean {
    return this.started;
  }

  /** Safe to call twice. */
  begin(): void {
    this.started = true;
  }

  onModuleDestroy(): void {
    this.begin();
  }
}
