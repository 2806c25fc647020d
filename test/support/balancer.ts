import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 200;
/** Failed health checks in a row after which a process gets no more calls. */
const MOST_FAILURES = 2;

/** Chooses processes in turn by their `/health/ready`, like a load balancer. It repeats no call. */
export class Balancer {
  private readonly failures = new Map<string, number>();
  private readonly looking: Promise<void>;
  private stopped = false;
  private turn = 0;

  constructor() {
    this.looking = this.look();
  }

  /** Adds a process; it gets calls once it is ready. */
  add(url: string): void {
    this.failures.set(url, MOST_FAILURES);
  }

  isIn(url: string): boolean {
    return (this.failures.get(url) ?? MOST_FAILURES) < MOST_FAILURES;
  }

  /** Returns the process for the next call; waits until one is ready. */
  async next(): Promise<string> {
    for (;;) {
      const members = [...this.failures.keys()].filter((url) => this.isIn(url));
      if (members.length > 0) return members[this.turn++ % members.length]!;
      await delay(LOOK_EVERY_MS);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.looking;
  }

  private async look(): Promise<void> {
    while (!this.stopped) {
      const looks = [...this.failures].map(async ([url, failures]) => {
        const isReady = await fetch(`${url}/health/ready`).then(
          async (answer) => (await answer.text()) !== '' && answer.ok,
          () => false,
        );
        this.failures.set(url, isReady ? 0 : failures + 1);
      });
      await Promise.all([...looks, delay(LOOK_EVERY_MS)]);
    }
  }
}
