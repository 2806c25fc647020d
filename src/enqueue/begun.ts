import type { Permit } from '../queue/epochs/permit';

/** Something begun under a permit, which is released when nothing of it is left, the confirm included. */
export class Begun {
  private settling: Promise<void> = Promise.resolve();

  constructor(readonly permit: Permit) {}

  /** What still goes on after the answer; it must not reject. */
  settle(settling: Promise<void>): void {
    this.settling = settling;
  }

  /** The answer is decided. */
  end(): void {
    void this.settling.then(() => this.permit.release());
  }
}
